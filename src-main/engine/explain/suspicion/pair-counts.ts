import { truths } from './truths.ts';
import type { PairTruth } from './pair-truth.ts';
import { ownRank, similarityLevels } from './ranked-anchors.ts';
import type { RankedAnchors } from './ranked-anchors.ts';

/** The parts into which pictures are divided: what is shown of one is fitted without its part. */
export const foldCount = 10;

/** Known pairs of anchor and candidate, counted. */
export interface PairCounts {
  /** By fold of the anchor, fold of the candidate, and bin of rank, [F, F, bins]. */
  readonly known: Uint32Array;
  readonly same: Uint32Array;
  readonly bins: number;
  /** By level of similarity, from all pairs and from the known ones. */
  readonly levels: {
    readonly all: Uint32Array;
    readonly known: Uint32Array;
    readonly same: Uint32Array;
  };
  /** Anchors with a known pair. */
  readonly anchors: number;
}

/** The fold of each row by its place in the random order, [M]. */
export function foldsOf(order: Uint32Array): Uint8Array {
  const folds = new Uint8Array(order.length);
  for (const [place, row] of order.entries()) folds[row] = place % foldCount;
  return folds;
}

/** Counts the known pairs of all ranked anchors. */
export function countPairs(ranked: RankedAnchors, truth: PairTruth): PairCounts {
  const { order, anchors, starts, rankBins, levels } = ranked;
  const folds = foldsOf(order);
  const bins = starts.length;
  const known = new Uint32Array(foldCount * foldCount * bins);
  const same = new Uint32Array(known.length);
  const byLevel = {
    all: new Uint32Array(similarityLevels),
    known: new Uint32Array(similarityLevels),
    same: new Uint32Array(similarityLevels),
  };
  let anchorsWithPairs = 0;
  for (const [index, anchor] of anchors.entries()) {
    const relations = truth.of(anchor);
    let isKnown = false;
    for (let row = 0; row < relations.length; row++) {
      const bin = rankBins[index * relations.length + row] as number;
      if (bin === ownRank) continue;
      const level = levels[index * relations.length + row] as number;
      countOne(byLevel.all, level);
      if (relations[row] === truths.unknown) continue;
      isKnown = true;
      const cell = ((folds[anchor] as number) * foldCount + (folds[row] as number)) * bins + bin;
      countOne(known, cell);
      countOne(byLevel.known, level);
      if (relations[row] !== truths.same) continue;
      countOne(same, cell);
      countOne(byLevel.same, level);
    }
    if (isKnown) anchorsWithPairs++;
  }
  return { known, same, bins, levels: byLevel, anchors: anchorsWithPairs };
}

function countOne(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}
