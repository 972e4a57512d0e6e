import { formatNamed } from './all-formats.ts';
import { fuzzOptions } from './fuzz-options.ts';
import type { FuzzOptions } from './fuzz-options.ts';
import { reportTable } from './report-table.ts';
import { runFormat } from './run-format.ts';
import type { FormatReport, FuzzFailure } from './run-format.ts';

const hangSeconds = 10;

/**
 * `npm run fuzz -- [--format NAME …] [--seed N] [--inputs N] [--only K] [--seconds N] [--json]`: has the engine read
 * damaged files of every format, in processes that are watched. Fails where one did not end as it must.
 */
try {
  await fuzz(fuzzOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function fuzz({ formats, seed, inputs, only, seconds, json }: FuzzOptions): Promise<void> {
  const reports: FormatReport[] = [];
  const titles = new Map<string, string>();
  for (const name of formats) {
    titles.set(name, (await formatNamed(name)).title);
    const range = only === null ? { first: 0, count: inputs } : { first: only, count: 1 };
    const onFailure = (failure: FuzzFailure): void => console.error(told(name, seed, failure));
    const report = await runFormat(name, { seed, ...range, seconds, hangSeconds, onFailure });
    reports.push(report);
    console.error(`${name}: ${report.inputs} inputs, ${report.failures.length} failures.`);
  }
  if (json) console.log(JSON.stringify(reports));
  else console.log(reportTable(reports, (name) => titles.get(name) ?? name));
  if (reports.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

function told(format: string, seed: number, failure: FuzzFailure): string {
  const { number, kind, text, story } = failure;
  const again = `npm run fuzz -- --format ${format} --seed ${seed} --only ${number}`;
  return `${kind} (${again})\n  ${story}\n  ${text.slice(0, 1500)}`;
}
