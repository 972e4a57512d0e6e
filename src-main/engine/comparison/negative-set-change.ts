import * as ort from 'onnxruntime-node';
import type { SetChange } from '../../contract/comparison.ts';
import { ringRanks } from '../../contract/ring-ranks.ts';
import { gemmModel } from '../neighbours/gemm-model.ts';
import type { UnitRows } from '../neighbours/unit-rows.ts';
import { isWithin, similarityCut } from './similarity-cut.ts';

/** The paper's cuts, for both runs: what differs is then the embedding, not the settings. */
const ring = { outer: 0.1, inner: 0.1 };
const blockRows = 64;

/** One run's rows, and whether a pair of them is false by what is known or suspected in that run. */
export interface ComparedRows extends UnitRows {
  readonly isFalse: (anchor: number, other: number) => boolean;
}

export interface NegativeSetChanges {
  readonly hard: SetChange;
  readonly false: SetChange;
  readonly ring: SetChange;
}

const outside = 0;
const bins = ['hard', 'false', 'ring'] as const;

/**
 * Compares the bins of each of `anchors` in two runs of the same rows, each anchor against all other
 * rows, by rank alone: with these cuts no negative outside the ring has a top share (10 % of the
 * most pushed take more than 5 % of the push). Pairs beyond the outer cut are in no bin here.
 * `breathe` is awaited between blocks with the fraction done, and may throw.
 */
export async function negativeSetChanges(
  runs: readonly [ComparedRows, ComparedRows],
  anchors: Uint32Array,
  breathe: (fraction: number) => Promise<void>,
): Promise<NegativeSetChanges> {
  const { count } = runs[0];
  const session = await ort.InferenceSession.create(gemmModel(), { intraOpNumThreads: 2 });
  const totals = new Float64Array(3 * (bins.length + 1));
  const before = new Uint8Array(count);
  const after = new Uint8Array(count);
  try {
    for (let start = 0; start < anchors.length; start += blockRows) {
      const block = anchors.subarray(start, start + blockRows);
      const first = await similaritiesOf(session, runs[0], block);
      const second = await similaritiesOf(session, runs[1], block);
      for (const [place, anchor] of block.entries()) {
        markBins(runs[0], anchor, first.subarray(place * count, (place + 1) * count), before);
        markBins(runs[1], anchor, second.subarray(place * count, (place + 1) * count), after);
        countChanges(before, after, totals);
      }
      await breathe(Math.min(1, (start + blockRows) / anchors.length));
    }
  } finally {
    await session.release();
  }
  const change = (bin: number): SetChange => ({
    kept: (totals[3 * bin] as number) / anchors.length,
    new: (totals[3 * bin + 1] as number) / anchors.length,
    gone: (totals[3 * bin + 2] as number) / anchors.length,
  });
  return { hard: change(1), false: change(2), ring: change(3) };
}

async function similaritiesOf(
  session: ort.InferenceSession,
  { vectors, count, dimensions }: UnitRows,
  anchors: Uint32Array,
): Promise<Float32Array> {
  const rows = new Float32Array(anchors.length * dimensions);
  for (const [place, anchor] of anchors.entries()) {
    const start = anchor * dimensions;
    rows.set(vectors.subarray(start, start + dimensions), place * dimensions);
  }
  const { products } = await session.run({
    anchors: new ort.Tensor('float32', rows, [anchors.length, dimensions]),
    candidates: new ort.Tensor('float32', vectors, [count, dimensions]),
  });
  return products?.data as Float32Array;
}

function markBins(
  { count, isFalse }: ComparedRows,
  anchor: number,
  similarities: Float32Array,
  marks: Uint8Array,
): void {
  const ranks = ringRanks(count - 1, ring.outer, ring.inner, true);
  const outer = similarityCut(similarities, anchor, ranks.outer);
  const inner = similarityCut(similarities, anchor, ranks.inner);
  for (let other = 0; other < count; other++) {
    const similarity = similarities[other] as number;
    if (other === anchor || !isWithin(outer, similarity, other)) marks[other] = outside;
    else if (isFalse(anchor, other)) marks[other] = 1 + bins.indexOf('false');
    else {
      marks[other] = 1 + bins.indexOf(isWithin(inner, similarity, other) ? 'hard' : 'ring');
    }
  }
}

function countChanges(before: Uint8Array, after: Uint8Array, totals: Float64Array): void {
  const add = (cell: number): void => void (totals[cell] = (totals[cell] as number) + 1);
  for (let other = 0; other < before.length; other++) {
    const one = before[other] as number;
    const now = after[other] as number;
    if (one === now) add(3 * one);
    else {
      add(3 * now + 1);
      add(3 * one + 2);
    }
  }
}
