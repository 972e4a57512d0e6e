import { EngineError } from '../../../contract/errors.ts';
import { leftOutReasons } from '../../../contract/mining.ts';
import type { MineInput, MineResult } from '../../../contract/mining.ts';
import { knownPairs } from '../../jobs/known-pairs.ts';
import type { JobRunner } from '../../jobs/job-runners.ts';
import { embeddedSampleIds, readEmbeddings } from '../../store/embeddings.ts';
import { filesOfSample } from '../../store/files.ts';
import type { Library } from '../../store/library-file.ts';
import { exportPath } from '../export-place.ts';
import { pictureList } from '../picture-list.ts';
import type { PictureList } from '../picture-list.ts';
import { sourceOfRun, wantedEmbeddedRun } from '../tables/run-source.ts';
import { pictureTable, writeTables } from '../write-table.ts';
import type { FileOfTable } from '../write-table.ts';
import { mineRows } from './mine-rows.ts';
import type { MinedRows } from './mine-rows.ts';
import { leftOutTable, minedTable } from './mining-tables.ts';
import { summariseScores } from './summarise-scores.ts';

const miningShare = 0.8;

/** Mines hard negatives of a run and writes them, their pictures, and if wanted all that was left out. */
export const runMineJob: JobRunner<'mine'> = async (context, input) => {
  const { library, now } = context;
  const started = now();
  const run = wantedEmbeddedRun(library, input.run);
  const report = (progress: number, message: string): void =>
    context.report({ progress, message, run: run.id });
  report(0, 'Reading embeddings');
  const ids = embeddedSampleIds(library, run.weightsHash, input.space);
  const { vectors, dimensions } = readEmbeddings(library, run.weightsHash, input.space, ids);
  const { known } = knownPairs(library, ids);
  const rows = { vectors, dimensions, count: ids.length };
  const mined = await mineRows(rows, known, input, async (done) => {
    report(miningShare * done, 'Mining');
    await context.breathe();
  });
  if (mined.anchors.length === 0) throw nothingToMine(input.positives);
  const pictures = pictureList(library, ids);
  const files = await writeTables(
    await wantedFiles(library, input, mined, pictures, sourceOfRun(run)),
    { overwrite: input.overwrite, onRows: () => context.breathe() },
  );
  report(1, 'Written');
  return { files, ...figures(mined, input), seconds: (now() - started) / 1000 };
};

function nothingToMine(positives: MineInput['positives']): EngineError {
  return new EngineError(
    positives === 'label' ? 'no-labels' : 'bad-argument',
    positives === 'label'
      ? 'No two pictures have the same label, so there is no positive: take positives from verdicts, or the picture itself.'
      : 'No pictures were judged the same, so there is no positive: take positives from labels, or the picture itself.',
  );
}

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
      file: `${file.replace(/\.\w+$/, '')}.pictures.csv`,
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

function pictureNames(
  library: Library,
  { ids, hashes, paths }: PictureList,
  naming: MineInput['naming'],
): readonly string[] {
  if (naming === 'hash') return hashes;
  if (naming === 'path') return paths;
  return Array.from(ids, (id) => filesOfSample(library, id)[0] ?? '');
}

function figures({ anchors, rules, withoutPositive }: MinedRows, input: MineInput) {
  const leftOut: Record<string, number> = {};
  for (const { reasons } of anchors.map((anchor) => anchor.leftOut)) {
    for (const place of reasons) {
      const reason = leftOutReasons[place] ?? '';
      leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    }
  }
  const negatives = anchors.reduce((sum, anchor) => sum + anchor.negatives.length, 0);
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
    candidates: negatives + Object.values(leftOut).reduce((sum, count) => sum + count, 0),
    negatives,
    leftOut,
    scores: {
      positive: summariseScores(anchors.flatMap(({ positiveScores }) => positiveScores)),
      negative: summariseScores(anchors.flatMap(({ negativeScores }) => negativeScores)),
      difference: summariseScores(pairs),
    },
  } satisfies Omit<MineResult, 'files' | 'seconds'>;
}
