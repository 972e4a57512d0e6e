import { picturesBeside } from '../../../contract/exports.ts';
import type { MineInput, MineResult } from '../../../contract/mining.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';
import type { Library } from '../../store/library-file.ts';
import { exportPath } from '../destination/export-destination.ts';
import { pictureList } from '../tables/picture-list.ts';
import type { PictureList } from '../../formats/tables/table.ts';
import { sourceOfRun, wantedEmbeddedRun } from '../tables/run-source.ts';
import { pictureTable, writeTables } from '../tables/write-table.ts';
import type { FileOfTable } from '../tables/write-table.ts';
import { countCandidates } from './count-candidates.ts';
import { mineRows } from './mine-rows.ts';
import type { MinedRows } from './mine-rows.ts';
import { leftOutTable, minedTable } from './mining-tables.ts';
import { nothingToMine, pictureNames, rowsToMine } from './rows-to-mine.ts';
import { summariseScores } from './summarise-scores.ts';

const miningShare = 0.8;

/**
 * Mines the hard negatives of a run. Writes the negatives, their pictures and, on request, every
 * candidate that was left out.
 */
export const runMineJob: JobRunner<'mine'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const run = wantedEmbeddedRun(library, input.run);
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Reading embeddings');
  const { ids, rows, known } = rowsToMine(library, run, input);
  const mined = await mineRows(rows, known, input, async (done) => {
    report(miningShare * done, 'Mining');
    await context.yieldToEvents();
  });
  if (mined.anchors.length === 0) throw nothingToMine(input.positives);
  const pictures = pictureList(library, ids);
  const files = await writeTables(
    await wantedFiles(library, input, mined, pictures, sourceOfRun(run)),
    { overwrite: input.overwrite, onRows: () => context.yieldToEvents() },
  );
  report(1, 'Written');
  return { files, ...figures(mined, input), seconds: (now() - started) / 1000 };
};

async function wantedFiles(
  library: Library,
  input: MineInput,
  { anchors, rules }: MinedRows,
  pictures: PictureList,
  source: Readonly<Record<string, string>>,
): Promise<FileOfTable[]> {
  const names = pictureNames(library, pictures, input.naming);
  const from = { ...source, what: 'mined', rules: JSON.stringify({ ...input, ...rules }) };
  const mined = { anchors, names, source: from };
  const file = await exportPath(library.file, input.file);
  const { format, left_out } = input;
  return [
    { file, format, table: minedTable(mined, input) },
    {
      file: picturesBeside(file.replace(/\.\w+$/, '')),
      format: 'csv',
      table: pictureTable(pictures),
    },
    ...(left_out === undefined
      ? []
      : [
          {
            file: await exportPath(library.file, left_out),
            format,
            table: leftOutTable(mined, pictures),
          },
        ]),
  ];
}

function figures({ anchors, rules, withoutPositive }: MinedRows, input: MineInput) {
  const counts = countCandidates(anchors);
  const pairs = anchors.flatMap(({ positiveScores, negativeScores }) =>
    positiveScores.flatMap((positive) => negativeScores.map((negative) => positive - negative)),
  );
  const table = minedTable({ anchors, names: [], source: {} }, input);
  return {
    rows: table.count,
    anchors: anchors.length,
    withoutPositive,
    short: anchors.filter((anchor) => anchor.negatives.length < rules.num_negatives).length,
    range_max: rules.range_max,
    ...counts,
    scores: {
      positive: summariseScores(anchors.flatMap(({ positiveScores }) => positiveScores)),
      negative: summariseScores(anchors.flatMap(({ negativeScores }) => negativeScores)),
      difference: summariseScores(pairs),
    },
  } satisfies Omit<MineResult, 'files' | 'seconds'>;
}
