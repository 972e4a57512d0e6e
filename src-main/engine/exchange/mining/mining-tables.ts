import { leftOutReasons } from '../../../contract/mining.ts';
import type { MineInput } from '../../../contract/mining.ts';
import { noPictures } from '../tables/picture-list.ts';
import type { PictureList } from '../../formats/tables/table.ts';
import { choice, numbers, picture, texts, wholeTable } from '../../formats/tables/table.ts';
import type { ColumnValues, Table, TableChunk, TableColumn } from '../../formats/tables/table.ts';
import type { AnchorNegatives } from './mine-rows.ts';

/** The input of the tables: the mined anchors, and the name of each row of the embeddings. */
interface Mined {
  readonly anchors: readonly AnchorNegatives[];
  readonly names: readonly string[];
  readonly source: Readonly<Record<string, string>>;
}

type Choice = Pick<MineInput, 'output_format' | 'output_scores' | 'num_negatives'>;

/** The mined negatives as a table in a layout of sentence-transformers, with its column names. */
export function minedTable(mined: Mined, choice: Choice): Table {
  switch (choice.output_format) {
    case 'triplet':
      return tripletTable(mined, choice);
    case 'n-tuple':
      return tupleTable(mined, choice);
    case 'labeled-pair':
      return pairTable(mined, choice);
    case 'labeled-list':
      return listTable(mined, choice);
  }
}

/**
 * Each anchor with each of its positives. Only the layouts of lists and tuples have all negatives of an
 * anchor in one row.
 */
function withPositives({ anchors }: Mined) {
  return anchors.flatMap((own) =>
    own.positives.map((positive, index) => ({
      own,
      positive,
      positiveScore: own.positiveScores[index] ?? 0,
    })),
  );
}

function tripletTable(mined: Mined, { output_scores }: Choice): Table {
  const rows = withPositives(mined).flatMap(({ own, positive, positiveScore }) =>
    own.negatives.map((negative, index) => ({
      names: [own.anchor, positive, negative],
      scores: [positiveScore, own.negativeScores[index] ?? 0],
    })),
  );
  const scores = output_scores ? rows.flatMap((row) => row.scores) : null;
  return namedTable(mined, ['anchor', 'positive', 'negative'], rows, scores && [scores, 2]);
}

function tupleTable(mined: Mined, { output_scores, num_negatives: wanted }: Choice): Table {
  const rows = withPositives(mined)
    .filter(({ own }) => own.negatives.length === wanted)
    .map(({ own, positive, positiveScore }) => ({
      names: [own.anchor, positive, ...own.negatives],
      scores: [positiveScore, ...own.negativeScores],
    }));
  const negatives = Array.from({ length: wanted }, (_, index) => `negative_${index + 1}`);
  const scores = output_scores ? rows.flatMap((row) => row.scores) : null;
  const columns = ['anchor', 'positive', ...negatives];
  return namedTable(mined, columns, rows, scores && [scores, wanted + 1]);
}

/** A table of rows of names and, on request, a last column with as many scores. */
function namedTable(
  { names, source }: Mined,
  columnNames: readonly string[],
  rows: readonly { readonly names: readonly number[] }[],
  scores: readonly [readonly number[], number] | null,
): Table {
  const cells = columnNames.map((_, column) =>
    rows.map((row) => names[row.names[column] ?? -1] ?? ''),
  );
  const columns: TableColumn[] = columnNames.map((name, column) =>
    texts(name, cells[column] ?? [], 'a picture'),
  );
  const values: ColumnValues[] = [...cells];
  if (scores) {
    columns.push(
      numbers('scores', 'float32', 'cosine', 'of the positive, then the negatives', scores[1]),
    );
    values.push(Float32Array.from(scores[0]));
  }
  return wholeTable({ columns, pictures: noPictures, source }, rows.length, values);
}

/** sentence-transformers also calls this column `positive`, although it holds negatives too. */
function pairTable({ anchors, names, source }: Mined, { output_scores }: Choice): Table {
  const rows = anchors.flatMap((own) => [
    ...own.positives.map((row, index) => ({
      ...{ anchor: own.anchor, row, label: 1 },
      score: own.positiveScores[index] ?? 0,
    })),
    ...own.negatives.map((row, index) => ({
      ...{ anchor: own.anchor, row, label: 0 },
      score: own.negativeScores[index] ?? 0,
    })),
  ]);
  const anchorNames = rows.map(({ anchor }) => names[anchor] ?? '');
  const others = rows.map(({ row }) => names[row] ?? '');
  const columns = [
    texts('anchor', anchorNames, 'a picture'),
    texts('positive', others, 'a positive or a negative of it'),
    output_scores
      ? numbers('score', 'float32', 'cosine', 'of the two')
      : numbers('label', 'uint8', '', '1 for a positive, 0 for a negative'),
  ];
  const last = output_scores
    ? Float32Array.from(rows, ({ score }) => score)
    : Uint8Array.from(rows, ({ label }) => label);
  const table = { columns, pictures: noPictures, source };
  return wholeTable(table, rows.length, [anchorNames, others, last]);
}

function listTable(mined: Mined, { output_scores }: Choice): Table {
  const { names, source } = mined;
  const rows = withPositives(mined).filter(({ own }) => own.negatives.length > 0);
  const anchorNames = rows.map(({ own }) => names[own.anchor] ?? '');
  const list = (name: string, of: 'text' | 'uint8' | 'float32', meaning: string): TableColumn => ({
    ...{ kind: 'list', name, of, meaning },
    unit: of === 'float32' ? 'cosine' : '',
  });
  const columns = [
    texts('anchor', anchorNames, 'a picture'),
    list('positive', 'text', 'its positive, then its negatives'),
    output_scores
      ? list('scores', 'float32', 'of each with the anchor')
      : list('labels', 'uint8', '1 for the positive, 0 for a negative'),
  ];
  return wholeTable({ columns, pictures: noPictures, source }, rows.length, [
    anchorNames,
    rows.map(({ own, positive }) => [positive, ...own.negatives].map((row) => names[row] ?? '')),
    rows.map(({ own, positiveScore }) =>
      output_scores ? [positiveScore, ...own.negativeScores] : [1, ...own.negatives.map(() => 0)],
    ),
  ]);
}

/** A table with one row per candidate that is not a negative, with its reason. */
export function leftOutTable({ anchors, source }: Mined, pictures: PictureList): Table {
  const columns = [
    picture('anchor', 'the anchor'),
    picture('candidate', 'a picture that is no negative of it'),
    numbers('rank', 'int32', 'from 0', 'of the candidate among all pictures, by similarity'),
    numbers('similarity', 'float32', 'cosine', 'of the two'),
    choice('reason', leftOutReasons, 'why it is none'),
  ];
  return {
    columns,
    pictures,
    source,
    count: anchors.reduce((sum, { leftOut }) => sum + leftOut.rows.length, 0),
    *chunks(): Generator<TableChunk> {
      for (const { anchor, leftOut } of anchors) {
        const { rows, ranks, scores, reasons } = leftOut;
        const count = rows.length;
        if (count === 0) continue;
        const values = [new Int32Array(count).fill(anchor), rows, ranks, scores, reasons];
        yield { count, values };
      }
    },
  };
}
