import { writeFileSync } from 'node:fs';
import { benchmarks } from './benchmarks.ts';
import { benchOptions, chosenNames, WrongOption } from './peers/bench-options.ts';
import type { BenchOptions } from './peers/bench-options.ts';
import { chosenWorks } from './peers/chosen-works.ts';
import { compareRuns, comparedText, readRun, UnreadableRun } from './peers/compare-runs.ts';
import { thisMachine } from './peers/machine.ts';
import { measureWorks } from './peers/measure-works.ts';
import type { BenchResults } from './peers/results.ts';
import { resultsText } from './peers/results-table.ts';
import { works } from './peers/works.ts';

/**
 * `npm run bench`: our own figures, one benchmark after the other; with `--peers` or `--grow` the table of
 * works, turn by turn. docs/performance.md has all options.
 */
async function bench(options: BenchOptions): Promise<number> {
  const before = options.compare === null ? null : readRun(options.compare);
  const isTable = options.hasPeers || options.grows;
  const { results, code } = isTable ? await tableOf(options) : await figuresOf(options);
  if (options.out !== null) writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);
  const compared = before && compareRuns(before, results);
  if (options.isJson) {
    console.log(JSON.stringify({ ...results, ...(compared && { compared }) }));
    return code;
  }
  console.log(isTable ? resultsText(results) : JSON.stringify(results.figures, null, 2));
  if (compared) console.log(`\n${comparedText(compared)}`);
  return code;
}

interface Benched {
  readonly results: BenchResults;
  readonly code: number;
}

/** As a shell says that Ctrl+C ended a program. */
const stoppedCode = 130;

async function tableOf(options: BenchOptions): Promise<Benched> {
  const chosen = chosenWorks(works, options);
  const stop = new AbortController();
  // The first one ends the turn that runs and shows what there is, a second one ends this process as ever.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const { results, hasFailed, isStopped } = await measureWorks(
    chosen,
    options,
    stop.signal,
    (line) => console.error(line),
  );
  if (isStopped) console.error(`Stopped; ${results.rows.length} rows were measured by then.`);
  return { results, code: isStopped ? stoppedCode : Number(hasFailed) };
}

async function figuresOf({ only, rows }: BenchOptions): Promise<Benched> {
  const names = Object.keys(benchmarks);
  const hint = `, and with --peers ${works.map(({ name }) => name).join(', ')}`;
  const chosen = only === null ? names : chosenNames(only, names, hint);
  const [at, machine] = [new Date().toISOString(), thisMachine()];
  const figures: Record<string, unknown> = {};
  for (const name of chosen) {
    console.error(`${name} …`);
    const run = await benchmarks[name]?.();
    figures[name] = await run?.({ rows });
  }
  return { results: { at, machine, rows: [], notMeasured: [], figures }, code: 0 };
}

try {
  process.exitCode = await bench(benchOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof WrongOption) && !(error instanceof UnreadableRun)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
