import * as ort from 'onnxruntime-node';
import { binByLoss, takersOfPush } from '../../contract/bins.ts';
import type { SetChange } from '../../contract/comparison.ts';
import { hasRing } from '../../contract/objectives/has-ring.ts';
import { anchorGradient } from '../explain/anchor-gradient.ts';
import { shownRing } from '../explain/explain-anchor.ts';
import type { ExplanationSettings } from '../explain/explain-anchor.ts';
import { gemmModel } from '../numeric/gemm-model.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import type { KnownBinsOf } from '../verdicts/false-pairs.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

const blockRows = 64;

/** The rows of one run as its loss sees them, its settings, and what is known in that run. */
interface ComparedRows extends UnitRows {
  readonly settings: ExplanationSettings;
  readonly knownBin: KnownBinsOf;
}

/** How many negatives of an anchor are kept, new and gone in each bin, as means over the anchors. */
interface NegativeSetChanges {
  readonly hard: SetChange;
  readonly false: SetChange;
  readonly suspected: SetChange;
  readonly ring: SetChange;
}

/** The marks of rows; 0 marks those that both losses leave alone. */
const bins = { hard: 1, false: 2, suspected: 3, ring: 4 } as const;
const changes = { kept: 0, new: 1, gone: 2 } as const;

/**
 * Compares the bins of the negatives of each of `anchors` in two runs of the same rows, each run by its
 * own loss (the rule in contract/bins.ts). False and suspected ones count where else they were hard or
 * in the ring: what is known is the same in both runs, and only these are pushed. Easy ones are in no
 * set. `yieldToEvents` is awaited between blocks with the fraction done, and may throw.
 */
export async function negativeSetChanges(
  runs: readonly [ComparedRows, ComparedRows],
  anchors: Uint32Array,
  yieldToEvents: (fraction: number) => Promise<void>,
): Promise<NegativeSetChanges> {
  const { count } = runs[0];
  const session = await ort.InferenceSession.create(gemmModel(), sessionThreads(2));
  const totals = new Float64Array((1 + Object.keys(bins).length) * 3);
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
  return {
    hard: changeOf(bins.hard),
    false: changeOf(bins.false),
    suspected: changeOf(bins.suspected),
    ring: changeOf(bins.ring),
  };
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
  /** One of `bins` for each row, 0 for none. */
  readonly marks: Uint8Array;
  readonly #knownBin: KnownBinsOf;
  readonly #settings: ExplanationSettings;
  readonly #hasRing: boolean;
  /** The similarities of the other rows, the least similar first. */
  readonly #ascending: Float64Array;
  readonly #byRank: Uint32Array;

  constructor({ count, knownBin, settings }: ComparedRows) {
    this.marks = new Uint8Array(count);
    this.#knownBin = knownBin;
    this.#settings = settings;
    this.#hasRing = hasRing(settings);
    this.#ascending = new Float64Array(count - 1);
    this.#byRank = Uint32Array.from({ length: count - 1 }, (_, rank) => count - 2 - rank);
  }

  /** Marks the rows by their similarities to an anchor, [count]. */
  mark(anchor: number, similarities: Float32Array): void {
    const ascending = this.#ascending;
    ascending.set(similarities.subarray(0, anchor));
    ascending.set(similarities.subarray(anchor + 1), anchor);
    ascending.sort();
    const settings = this.#settings;
    // The shares do not depend on the positive's similarity, and of two that push the more similar one
    // pushes more: those that take the push are the first ranks.
    const { share } = anchorGradient(ascending, 1, settings);
    const takes = takersOfPush(share, this.#byRank, settings.hardShare);
    const hard = takes.reduce((sum, one) => sum + one, 0);
    const { inner, outer } = shownRing(ascending.length, settings);
    const [inHard, inInner, inOuter] = [hard, inner, outer].map((ranks) =>
      withinRanks(ascending, ranks),
    ) as [RankTest, RankTest, RankTest];
    const knownBin = this.#knownBin(anchor);
    const marks = this.marks.fill(0);
    for (let row = 0; row < similarities.length; row++) {
      if (row === anchor) continue;
      const similarity = similarities[row] as number;
      const takesPush = inHard(similarity);
      const isTooHard = inInner(similarity);
      const isInRing = inOuter(similarity) && !isTooHard;
      const byLoss = binByLoss({ hasRing: this.#hasRing, isInRing, takesPush });
      if (byLoss !== 'easy') marks[row] = bins[knownBin(row) ?? byLoss];
    }
  }
}

/** Whether a row lies within the first ranks; to be asked of every row once, in their order. */
type RankTest = (similarity: number) => boolean;

/** Tests for the first `ranks` ranks; of equally similar rows the lower one comes first. */
function withinRanks(ascending: Float64Array, ranks: number): RankTest {
  if (ranks < 1) return () => false;
  const first = Math.max(0, ascending.length - ranks);
  const least = ascending[first] as number;
  let left = 0;
  while (first + left < ascending.length && ascending[first + left] === least) left++;
  return (similarity) => similarity > least || (similarity === least && left-- > 0);
}

function countChanges([before, after]: readonly [MarkedRows, MarkedRows], totals: Float64Array) {
  const add = (bin: number, change: number): void => {
    totals[3 * bin + change] = (totals[3 * bin + change] as number) + 1;
  };
  for (let row = 0; row < before.marks.length; row++) {
    const [was, is] = [before.marks[row] as number, after.marks[row] as number];
    if (was === is) {
      if (was !== 0) add(was, changes.kept);
      continue;
    }
    if (was !== 0) add(was, changes.gone);
    if (is !== 0) add(is, changes.new);
  }
}
