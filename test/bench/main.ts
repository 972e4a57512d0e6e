import { parseArgs } from 'node:util';

/** What is asked for beside the names. */
interface BenchOptions {
  /** Of the import. */
  readonly rows: number;
}

/**
 * `npm run bench [-- --only NAME,NAME --rows 1000000 --json]`: runs the benchmarks one after the other,
 * prints their figures.
 */
const benchmarks: Record<string, () => Promise<(options: BenchOptions) => Promise<unknown>>> = {
  train: async () => {
    const { benchTrainStep } = await import('./train-step.ts');
    return () => benchTrainStep();
  },
  head: async () => (await import('./head.ts')).benchHead,
  embed: async () => (await import('./embed.ts')).benchEmbed,
  'loaded-encoder': async () => (await import('./loaded-encoder.ts')).benchLoadedEncoder,
  neighbours: async () => (await import('./neighbours.ts')).benchNeighbours,
  umap: async () => (await import('./umap.ts')).benchUmap,
  explain: async () => (await import('./explain.ts')).benchExplain,
  ledger: async () => (await import('./ledger.ts')).benchLedger,
  objectives: async () => (await import('./objectives.ts')).benchObjectives,
  open: async () => (await import('./open-library.ts')).benchOpenLibrary,
  compare: async () => (await import('./compare.ts')).benchCompare,
  probe: async () => (await import('./linear-probe.ts')).benchLinearProbe,
  import: async () => (await import('./import.ts')).benchImport,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rows: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < 1) {
  console.error(`--rows takes a whole number, not "${values.rows}".`);
  process.exit(2);
}
const wanted = values.only?.split(',') ?? Object.keys(benchmarks);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}

const figures: Record<string, unknown> = {};
for (const name of wanted) {
  const load = benchmarks[name];
  if (!load) continue;
  if (!values.json) console.error(`${name} …`);
  const run = await load();
  figures[name] = await run({ rows });
}
console.log(JSON.stringify(figures, null, values.json ? 0 : 2));
