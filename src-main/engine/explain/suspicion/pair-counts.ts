import { truths } from './truths.ts';
import type { PairTruth } from './pair-truth.ts';
import type { RankedAnchors } from './ranked-anchors.ts';
import { similarityLevels } from './similarity-levels.ts';

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
  for (let place = 0; place < order.length; place++) {
    folds[order[place] as number] = place % foldCount;
  }
  return folds;
}

/** Counts the known pairs of all ranked anchors. */
export function countPairs(ranked: RankedAnchors, truth: PairTruth): PairCounts {
  const { order, anchors, starts, pairsByLevel } = ranked;
  const folds = foldsOf(order);
  const bins = starts.length;
  const cells = foldCount * foldCount * bins;
  const known = new Uint32Array(cells);
  const same = new Uint32Array(cells);
  const byLevel = {
    all: pairsByLevel,
    known: new Uint32Array(similarityLevels),
    same: new Uint32Array(similarityLevels),
  };
  let anchorsWithPairs = 0;
  const count = order.length;
  for (let index = 0; index < anchors.length; index++) {
    const anchor = anchors[index] as number;
    const firstCell = (folds[anchor] as number) * foldCount * bins;
    const columns = {
      relations: truth.of(anchor),
      rankBins: ranked.rankBins.subarray(index * count, (index + 1) * count),
      levels: ranked.levels.subarray(index * count, (index + 1) * count),
      folds,
    };
    const counts = { known: known.subarray(firstCell), same: same.subarray(firstCell), byLevel };
    if (countOfAnchor(columns, counts, bins)) anchorsWithPairs++;
  }
  return { known, same, bins, levels: byLevel, anchors: anchorsWithPairs };
}

/** What is known of an anchor's pairs, columns of all rows, [M]. */
interface PairColumns {
  /** One of `truths`; "unknown" for the anchor itself. */
  readonly relations: Uint8Array;
  readonly rankBins: Uint8Array;
  readonly levels: Uint16Array;
  readonly folds: Uint8Array;
}

/** Counts the known pairs of one anchor; `known` and `same` begin with its fold. Tells if there are any. */
function countOfAnchor(
  { relations, rankBins, levels, folds }: PairColumns,
  { known, same, byLevel }: Pick<PairCounts, 'known' | 'same'> & { byLevel: PairCounts['levels'] },
  bins: number,
): boolean {
  let isKnown = false;
  for (let row = 0; row < relations.length; row++) {
    const relation = relations[row] as number;
    if (relation === truths.unknown) continue;
    isKnown = true;
    const level = levels[row] as number;
    const cell = (folds[row] as number) * bins + (rankBins[row] as number);
    known[cell] = (known[cell] as number) + 1;
    byLevel.known[level] = (byLevel.known[level] as number) + 1;
    if (relation !== truths.same) continue;
    same[cell] = (same[cell] as number) + 1;
    byLevel.same[level] = (byLevel.same[level] as number) + 1;
  }
  return isKnown;
}
