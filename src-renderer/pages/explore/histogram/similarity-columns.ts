import { binNames } from '../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';

/** How many candidates of each bin (last index: the bin) have a similarity in each column. */
export interface SimilarityColumns {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  /** `counts[column * binNames.length + bin]`. */
  readonly counts: Uint32Array;
  readonly tallest: number;
}

/**
 * Counts the candidates in `count` columns from the least similar (rounded down to 0.1, and to 0.9
 * where all are the same as the anchor) to 1.
 */
export function similarityColumns(explanation: Explanation, count: number): SimilarityColumns {
  const { similarity, bin } = explanation;
  const least = similarity.at(-1) ?? 0;
  const min = Math.min(0.9, Math.max(-1, Math.floor(least * 10) / 10));
  const max = 1;
  const counts = new Uint32Array(count * binNames.length);
  const totals = new Uint32Array(count);
  for (let rank = 0; rank < similarity.length; rank++) {
    const value = similarity[rank] ?? 0;
    const position = Math.floor(((value - min) / (max - min)) * count);
    const column = Math.min(count - 1, Math.max(0, position));
    const index = column * binNames.length + (bin[rank] ?? 0);
    counts[index] = (counts[index] ?? 0) + 1;
    totals[column] = (totals[column] ?? 0) + 1;
  }
  return { min, max, count, counts, tallest: Math.max(1, ...totals) };
}

/**
 * The similarity between the candidates of rank `rank − 1` and `rank`: where a cut at `rank` lies.
 */
export function similarityAtCut(similarity: Float32Array, rank: number): number {
  const above = similarity[Math.min(rank, similarity.length) - 1];
  const below = similarity[Math.min(rank, similarity.length - 1)];
  if (above === undefined) return 1;
  return (above + (below ?? above)) / 2;
}

/** How many candidates are more similar than a value: the rank of a cut there. */
export function rankOfCut(similarity: Float32Array, value: number): number {
  let low = 0;
  let high = similarity.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((similarity[middle] ?? 0) > value) low = middle + 1;
    else high = middle;
  }
  return low;
}
