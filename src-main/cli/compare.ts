import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ComparedRun, Comparison } from '../contract/comparison.ts';
import type { SampleColumns } from '../contract/library.ts';
import { wholeNumber } from './command-line.ts';
import { comparisonReport } from './comparison-report.ts';
import { pictureNames } from './picture-names.ts';
import type { StartCommand } from './program.ts';
import { reportPictures } from './report-pictures.ts';
import { decimals } from './text-table.ts';

interface CompareOptions {
  readonly runs: string;
  readonly k?: number;
  readonly csv?: string;
  readonly report?: string;
}

/** More than any library has: a CSV file lists every picture. */
const everyPicture = 10_000_000;
const listed = 20;

export function addCompare(program: Command, start: StartCommand): void {
  program
    .command('compare')
    .description('measure how two to four runs differ, each pair of them')
    .requiredOption('--runs <runs>', 'names or numbers, with commas; name@epoch for a checkpoint')
    .option('--k <count>', 'neighbours that are compared', wholeNumber('--k'))
    .option('--csv <file>', 'write every picture of the first pair, most changed first')
    .option('--report <file>', 'write a page that opens offline')
    .action(async ({ runs, k, csv, report }: CompareOptions, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const { comparisons } = await line.runJob(engine, 'compare', {
          runs: runs.split(',').map(comparedRun),
          k,
          ...(csv !== undefined && { most: everyPicture }),
        });
        const samples = await engine.call('library.samples', {});
        if (csv !== undefined && comparisons[0]) {
          await writeFile(line.path(csv), comparisonCsv(comparisons[0], samples));
        }
        if (report !== undefined) {
          const shown = comparisons.map((comparison) => ({
            ...comparison,
            mostChanged: comparison.mostChanged.slice(0, listed),
          }));
          const pictures = await reportPictures(engine, shown, samples);
          await writeFile(line.path(report), comparisonReport(shown, pictures));
        }
        const named = comparisons.map((comparison) => withNames(comparison, samples));
        return {
          json: named.length === 1 ? named[0] : { comparisons: named },
          text: comparisons.map(inWords).join('\n\n'),
        };
      });
    });
}

/** `name`, `number` or either with `@epoch`. */
function comparedRun(text: string): ComparedRun {
  const [, run = text, epoch] = /^(.+)@(\d+)$/.exec(text.trim()) ?? [];
  return { run: run.trim(), ...(epoch !== undefined && { epoch: Number(epoch) }) };
}

function withNames({ mostChanged, ...comparison }: Comparison, samples: SampleColumns) {
  const nameOf = pictureNames(samples);
  return {
    ...comparison,
    mostChanged: mostChanged.slice(0, listed).map(({ id, gained, lost, ...change }) => ({
      ...nameOf(id),
      ...change,
      gained: gained.map((other) => nameOf(other).path),
      lost: lost.map((other) => nameOf(other).path),
    })),
  };
}

function inWords(comparison: Comparison): string {
  const { a, b, pictures, k, anchors, neighbourOverlap, rankBiasedOverlap, negatives } = comparison;
  const { cka, accuracy } = comparison;
  const range = ({ mean, low, high }: Comparison['neighbourOverlap']): string =>
    `${mean.toFixed(3)} (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`;
  const bins = Object.entries(negatives).map(
    ([bin, change]) =>
      `${bin}: ${change.kept.toFixed(1)} kept, ${change.new.toFixed(1)} new, ${change.gone.toFixed(1)} gone`,
  );
  return [
    `${a} and ${b}, ${pictures} pictures in both`,
    `overlap of ${k} neighbours  ${range(neighbourOverlap)}`,
    `rank-biased overlap  ${range(rankBiasedOverlap)}`,
    `linear CKA  ${decimals(cka, 3)}`,
    `negatives per anchor, mean of ${anchors} anchors`,
    ...bins.map((bin) => `  ${bin}`),
    ...(accuracy
      ? [
          `kNN accuracy  ${accuracy.a.toFixed(3)} and ${accuracy.b.toFixed(3)}, McNemar p = ${accuracy.p.toPrecision(2)}`,
        ]
      : []),
  ].join('\n');
}

function comparisonCsv({ mostChanged }: Comparison, samples: SampleColumns): string {
  const nameOf = pictureNames(samples);
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = mostChanged.map(({ id, overlap, rankBiasedOverlap, hardness, gained, lost }) => {
    const { hash, path } = nameOf(id);
    const numbers = [overlap, rankBiasedOverlap, hardness, gained.length, lost.length];
    return [hash, quoted(path), ...numbers].join(',');
  });
  return `${['hash,path,neighbourOverlap,rankBiasedOverlap,hardnessChange,gained,lost', ...rows].join('\n')}\n`;
}
