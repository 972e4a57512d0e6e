import * as ort from 'onnxruntime-node';
import type { SetChange } from '../../contract/comparison.ts';
import { paperRingRanks } from '../../contract/objectives/ring-ranks.ts';
import { gemmModel } from '../numeric/gemm-model.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { FalseNegativesOf } from '../verdicts/false-pairs.ts';
import { NearestRanksFinder } from './nearest-ranks.ts';

const blockRows = 64;

/** The rows of one run, and which pairs of them are false negatives in that run. */
interface ComparedRows extends UnitRows {
  readonly isFalse: FalseNegativesOf;
}

/** How many negatives of an anchor are kept, new and gone in each bin, as means over the anchors. */
interface NegativeSetChanges {
  readonly hard: SetChange;
  readonly false: SetChange;
  readonly ring: SetChange;
}

/** The marks of rows; 0 marks those beyond the outer cut. */
const bins = { hard: 1, false: 2, ring: 3 } as const;
const changes = { kept: 0, new: 1, gone: 2 } as const;

/**
 * Compares the bins of the negatives of each of `anchors` in two runs of the same rows. Bins follow
 * from the rank only: the 10 % of the negatives within the outer cut always take more than 5 % of the
 * push, so no negative beyond it is hard by its share. Pairs beyond the outer cut are in no bin here.
 * `yieldToEvents` is awaited between blocks with the fraction done, and may throw.
 */
export async function negativeSetChanges(
  runs: readonly [ComparedRows, ComparedRows],
  anchors: Uint32Array,
  yieldToEvents: (fraction: number) => Promise<void>,
): Promise<NegativeSetChanges> {
  const { count } = runs[0];
  const session = await ort.InferenceSession.create(gemmModel(), { intraOpNumThreads: 2 });
  const totals = new Float64Array(3 * 4);
  const sides = [new MarkedRows(runs[0]), new MarkedRows(runs[1])] as const;
  try {
    for (let start = 0; start < anchors.length; start += blockRows) {
      const block = anchors.subarray(start, start + blockRows);
      const first = await similaritiesOf(session, runs[0], block);
      const second = await similaritiesOf(session, runs[1], block);
      for (const [index, anchor] of block.entries()) {
        sides[0].mark(anchor, first.subarray(index * count, (index + 1) * count));
        sides[1].mark(anchor, second.subarray(index * count, (index + 1) * count));
        countChanges(sides, totals);
      }
      await yieldToEvents(Math.min(1, (start + blockRows) / anchors.length));
    }
  } finally {
    await session.release();
  }
  const part = (bin: number, change: number): number =>
    (totals[3 * bin + change] as number) / anchors.length;
  const changeOf = (bin: number): SetChange => ({
    kept: part(bin, changes.kept),
    new: part(bin, changes.new),
    gone: part(bin, changes.gone),
  });
  return { hard: changeOf(bins.hard), false: changeOf(bins.false), ring: changeOf(bins.ring) };
}

async function similaritiesOf(
  session: ort.InferenceSession,
  rows: UnitRows,
  anchors: Uint32Array,
): Promise<Float32Array> {
  const { vectors, count, dimensions } = rows;
  const { products } = await session.run({
    anchors: new ort.Tensor('float32', vectorsAt(rows, anchors), [anchors.length, dimensions]),
    candidates: new ort.Tensor('float32', vectors, [count, dimensions]),
  });
  return products?.data as Float32Array;
}

/** The bins of one anchor at a time in one run. */
class MarkedRows {
  /** One of `bins` for each row. */
  readonly marks: Uint8Array;
  /** The rows that are in a bin. */
  rows: Uint32Array = new Uint32Array(0);
  readonly #isFalse: FalseNegativesOf;
  readonly #finder: NearestRanksFinder;

  constructor({ count, isFalse }: ComparedRows) {
    this.marks = new Uint8Array(count);
    this.#isFalse = isFalse;
    this.#finder = new NearestRanksFinder(count);
  }

  /** Marks the rows by their similarities to an anchor. */
  mark(anchor: number, similarities: Float32Array): void {
    const marks = this.marks.fill(0);
    // Both runs have the same ring, so that differences come from the embeddings only.
    const ranks = paperRingRanks(marks.length - 1);
    const { outer, inner } = this.#finder.find(similarities, anchor, ranks);
    const isFalse = this.#isFalse(anchor);
    for (const row of outer) marks[row] = bins.ring;
    for (const row of inner) marks[row] = bins.hard;
    for (const row of outer) if (isFalse(row)) marks[row] = bins.false;
    this.rows = outer;
  }
}

function countChanges([before, after]: readonly [MarkedRows, MarkedRows], totals: Float64Array) {
  const add = (bin: number, change: number): void => {
    totals[3 * bin + change] = (totals[3 * bin + change] as number) + 1;
  };
  for (const row of before.rows) {
    const bin = before.marks[row] as number;
    add(bin, bin === after.marks[row] ? changes.kept : changes.gone);
  }
  for (const row of after.rows) {
    const bin = after.marks[row] as number;
    if (bin !== before.marks[row]) add(bin, changes.new);
  }
}
