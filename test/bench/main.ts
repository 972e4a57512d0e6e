import { parseArgs } from 'node:util';

/** `npm run bench [-- --only NAME,NAME --json]`: runs the benchmarks one after the other, prints their figures. */
const benchmarks: Record<string, () => Promise<() => Promise<unknown>>> = {
  train: async () => (await import('./train-step.ts')).benchTrainStep,
  head: async () => (await import('./head.ts')).benchHead,
  embed: async () => (await import('./embed.ts')).benchEmbed,
  neighbours: async () => (await import('./neighbours.ts')).benchNeighbours,
  umap: async () => (await import('./umap.ts')).benchUmap,
  explain: async () => (await import('./explain.ts')).benchExplain,
  ledger: async () => (await import('./ledger.ts')).benchLedger,
  objectives: async () => (await import('./objectives.ts')).benchObjectives,
  open: async () => (await import('./open-library.ts')).benchOpenLibrary,
  compare: async () => (await import('./compare.ts')).benchCompare,
};

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
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
  figures[name] = await run();
}
console.log(JSON.stringify(figures, null, values.json ? 0 : 2));
