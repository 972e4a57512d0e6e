import type { Command } from 'commander';
import type { Comparison } from '../contract/comparison.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { wholeNumber } from './command-line.ts';
import { measuresCsv, picturesCsv } from './comparison-csv.ts';
import { comparedGroups, comparedRuns } from './compared-sides.ts';
import { comparisonReport } from './comparison-report.ts';
import { comparisonText } from './comparison-text.ts';
import { pictureNames } from './picture-names.ts';
import type { PictureName } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';
import { reportPictures } from './report-pictures.ts';
import { refuseWritten, writeFiles } from './written-files.ts';

interface CompareOptions {
  readonly runs?: string;
  readonly groups?: readonly string[];
  readonly k?: number;
  readonly csv?: string;
  readonly measures?: string;
  readonly report?: string;
  readonly force?: boolean;
}

/** More pictures than any library has: a CSV file lists all of them. */
const everyPicture = 10_000_000;
const listed = 20;

/** Adds the command `compare`. */
export function addCompare(program: Command, start: StartCommand): void {
  program
    .command('compare')
    .description('measure how two to four runs differ, each pair of them')
    .option('--runs <runs>', 'names or numbers, with commas; name@epoch for a checkpoint')
    .option(
      '--groups <groups...>',
      'in place of runs: all seeds of two trainings, by the name of a seed group or of one of its runs',
    )
    .option('--k <count>', 'neighbours that are compared', wholeNumber('--k'))
    .option('--csv <file>', 'write every picture of the first pair, most changed first')
    .option('--measures <file>', 'write every measure of every pair as CSV')
    .option('--report <file>', 'write a page that opens offline')
    .option('--force', 'replace existing files')
    .action(async ({ runs, groups, k, force, ...given }: CompareOptions, command: Command) => {
      const line = start(command);
      const [csv, measures, report] = [given.csv, given.measures, given.report].map((file) =>
        file === undefined ? undefined : line.path(file),
      );
      await refuseWritten([csv, measures, report], force);
      if ((runs === undefined) === (groups === undefined)) {
        throw new EngineError('bad-argument', 'Comparing takes either --runs or --groups.');
      }
      await line.answer('write', async (engine) => {
        const { comparisons } = await line.runJob(engine, 'compare', {
          runs:
            groups === undefined
              ? comparedRuns(runs ?? '')
              : comparedGroups(groups, await engine.call('runs.list', { archived: true })),
          k,
          ...(csv !== undefined && { most: everyPicture }),
        });
        const samples = await engine.call('library.samples', {});
        const nameOf = pictureNames(samples);
        const files = [];
        if (csv !== undefined && comparisons[0]) {
          files.push({ path: csv, text: picturesCsv(comparisons[0], samples) });
        }
        if (measures !== undefined) files.push({ path: measures, text: measuresCsv(comparisons) });
        if (report !== undefined) {
          const shown = comparisons.map((comparison) => ({
            ...comparison,
            mostChanged: comparison.mostChanged.slice(0, listed),
          }));
          const pictures = await reportPictures(engine, shown, samples);
          files.push({ path: report, text: comparisonReport(shown, pictures) });
        }
        await writeFiles(files, force);
        const named = comparisons.map((comparison) => withNames(comparison, nameOf));
        return {
          json: named.length === 1 ? named[0] : { comparisons: named },
          text: comparisons.map((comparison) => comparisonText(comparison, nameOf)).join('\n\n\n'),
        };
      });
    });
}

function withNames(
  { mostChanged, changedGroups, ...comparison }: Comparison,
  nameOf: (id: number) => PictureName,
) {
  const pathsOf = (ids: readonly number[]): string[] => ids.map((id) => nameOf(id).path);
  return {
    ...comparison,
    changedGroups: changedGroups.map(({ ids, gained, lost, isBeyondSeeds }) => ({
      pictures: pathsOf(ids),
      gained: pathsOf(gained),
      lost: pathsOf(lost),
      isBeyondSeeds,
    })),
    mostChanged: mostChanged.slice(0, listed).map(({ id, gained, lost, ...change }) => ({
      ...nameOf(id),
      ...change,
      gained: pathsOf(gained),
      lost: pathsOf(lost),
    })),
  };
}
