import { basename } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import { paperRingRanks } from '../../../contract/objectives/ring-ranks.ts';
import type { LedgerAnchor } from '../../store/ledger.ts';
import { zonesByRank } from '../../losses/ring-zone.ts';
import { NegativeTotals } from '../../training/ledger/negative-totals.ts';
import type { ImportTable } from '../../formats/tables/import-table.ts';
import { openTable } from '../../formats/open-table.ts';

/** The columns of a recorder's file of negatives, for A anchors in steps and K negatives of each. */
interface Recorded {
  /** The row of `paths` of each anchor, [A]. */
  readonly anchor: Float32Array;
  readonly step: Float32Array;
  readonly loss: Float32Array;
  readonly effective: Float32Array;
  /** How many negatives each anchor had in its step. */
  readonly count: Float32Array;
  /** The row of `paths` of each negative, [A, K]; -1 where there is none. */
  readonly negative: Float32Array;
  readonly similarity: Float32Array;
  readonly weight: Float32Array;
  readonly share: Float32Array;
  /** Rank by similarity among all negatives of the anchor, 0 the most similar, [A, K]. */
  readonly rank: Float32Array;
}

const perAnchor = ['anchor', 'step', 'loss', 'effective', 'count'] as const;
const perNegative = ['negative', 'similarity', 'weight', 'share', 'rank'] as const;
const namesColumn = 'paths';
const storedPerAnchor = 256;

/** One epoch of a training that was recorded elsewhere. */
interface RecordedEpoch {
  readonly anchors: readonly LedgerAnchor[];
  /** The mean loss of every step, by its number. */
  readonly steps: readonly { readonly step: number; readonly loss: number }[];
}

type SameLabel = (one: number, other: number) => boolean;

/**
 * Reads the negatives that a recorder wrote in one epoch. Leaves out anchors and negatives that are not
 * pictures of the library. `haveSameLabel` is asked of two sample ids.
 * @throws EngineError bad-argument where the file lacks what a recorder writes
 */
export async function readRecordedNegatives(
  file: string,
  idOf: (name: string) => number,
  haveSameLabel: SameLabel,
): Promise<RecordedEpoch> {
  const table = await openTable(file, 'npz');
  try {
    const names: number[] = [];
    // The list of names is not as long as the columns of anchors.
    for await (const block of table.texts(columnOf(table, namesColumn))) {
      for (const name of block) names.push(name === null ? 0 : idOf(name));
    }
    const recorded = await readColumns(table);
    return { anchors: anchorsOf(recorded, names, haveSameLabel), steps: stepsOf(recorded) };
  } finally {
    await table.close();
  }
}

function columnOf({ columns, file }: ImportTable, name: string): string {
  if (columns.some((column) => column.name === name)) return name;
  throw new EngineError(
    'bad-argument',
    `${basename(file)} has no array ${name}: it was not written by the recorder, which writes ${[namesColumn, ...perAnchor, ...perNegative].join(', ')}.`,
  );
}

async function readColumns(table: ImportTable): Promise<Recorded> {
  const columns: Record<string, Float32Array> = {};
  for (const name of perAnchor) {
    const values: number[] = [];
    for await (const block of table.texts(columnOf(table, name))) {
      for (const text of block) values.push(Number(text));
    }
    columns[name] = Float32Array.from(values);
  }
  for (const name of perNegative) {
    const blocks: Float32Array[] = [];
    for await (const { vectors } of table.vectors(columnOf(table, name))) blocks.push(vectors);
    columns[name] = joined(blocks);
  }
  const recorded = columns as unknown as Recorded;
  const isWhole =
    perAnchor.every((name) => recorded[name].length === recorded.anchor.length) &&
    perNegative.every((name) => recorded[name].length === recorded.negative.length);
  if (isWhole) return recorded;
  throw new EngineError(
    'bad-argument',
    `The arrays of ${basename(table.file)} have different lengths: it is not as the recorder writes it.`,
  );
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const block of blocks) {
    whole.set(block, start);
    start += block.length;
  }
  return whole;
}

function anchorsOf(
  recorded: Recorded,
  names: readonly number[],
  haveSameLabel: SameLabel,
): LedgerAnchor[] {
  const rowsOf = new Map<number, number[]>();
  for (const [row, index] of recorded.anchor.entries()) {
    const id = names[index] ?? 0;
    if (id === 0) continue;
    const rows = rowsOf.get(id);
    if (rows) rows.push(row);
    else rowsOf.set(id, [row]);
  }
  const summed = new NegativeTotals();
  return [...rowsOf].map(([sampleId, rows]) => {
    for (const row of rows) addNegatives(summed, recorded, row, names, 1 / rows.length);
    const negatives = summed.takeLargest(storedPerAnchor);
    const mean = (values: Float32Array): number =>
      rows.reduce((sum, row) => sum + (values[row] ?? 0), 0) / rows.length;
    const sameLabelShare = negatives.ids.reduce(
      (sum, id, index) => (haveSameLabel(sampleId, id) ? sum + (negatives.share[index] ?? 0) : sum),
      0,
    );
    const totals = { loss: mean(recorded.loss), effectiveNegatives: mean(recorded.effective) };
    return { sampleId, ...totals, clamped: 0, sameLabelShare, negatives };
  });
}

function addNegatives(
  summed: NegativeTotals,
  recorded: Recorded,
  row: number,
  names: readonly number[],
  part: number,
): void {
  const width = recorded.negative.length / recorded.anchor.length;
  // The zones of a training without a ring are those of the paper's ring, as in a ledger of ours.
  const ranks = paperRingRanks(recorded.count[row] ?? 0);
  for (let index = row * width; index < (row + 1) * width; index++) {
    const id = names[recorded.negative[index] as number] ?? 0;
    const share = recorded.share[index] as number;
    if (id === 0 || !Number.isFinite(share)) continue;
    summed.add(id, {
      similarity: recorded.similarity[index] as number,
      weight: recorded.weight[index] as number,
      share: part * share,
      zone: zonesByRank(Uint32Array.of(recorded.rank[index] as number), ranks)[0] as number,
    });
  }
}

function stepsOf({ step, loss }: Recorded): { step: number; loss: number }[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [row, number] of step.entries()) {
    const known = sums.get(number) ?? { sum: 0, count: 0 };
    sums.set(number, { sum: known.sum + (loss[row] ?? 0), count: known.count + 1 });
  }
  return [...sums]
    .map(([number, { sum, count }]) => ({ step: number, loss: sum / count }))
    .filter(({ loss: mean }) => Number.isFinite(mean))
    .sort((a, b) => a.step - b.step);
}
