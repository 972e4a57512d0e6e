import { EngineError } from '../../contract/errors/errors.ts';

/** Candidates by similarity: `order` has the most similar first, `rank` is each one's index in it. */
export interface SimilarityRanking {
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
}

/**
 * Ranks candidates, the most similar first, of equal ones the lower index (docs/formulas.md, Rank and
 * percentile). It sorts the similarities and then searches for each, which is several times faster
 * than sorting indices.
 * @throws EngineError bad-argument if a similarity is not a number
 */
export function rankBySimilarity(similarities: Float64Array): SimilarityRanking {
  const ascending = similarities.toSorted();
  const count = ascending.length;
  if (Number.isNaN(ascending[count - 1])) {
    throw new EngineError(
      'bad-argument',
      'A similarity to the anchor is not a number: embed the pictures again.',
    );
  }
  const order = new Uint32Array(count);
  const rank = new Uint32Array(count);
  const tiesBefore = new Uint32Array(count);
  for (let candidate = 0; candidate < count; candidate++) {
    const moreSimilar = count - countAtMost(ascending, similarities[candidate] as number);
    const ownRank = moreSimilar + (tiesBefore[moreSimilar] as number);
    tiesBefore[moreSimilar] = (tiesBefore[moreSimilar] as number) + 1;
    rank[candidate] = ownRank;
    order[ownRank] = candidate;
  }
  return { order, rank };
}

/** How many of the ascending numbers are at most `value`. */
function countAtMost(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The part of the other candidates that is less similar, 0 to 1, with equally similar ones counted
 * half (docs/formulas.md, Rank and percentile); 1 for a single candidate.
 */
export function similarityPercentiles(
  similarities: Float64Array,
  { order }: SimilarityRanking,
): Float64Array {
  const count = order.length;
  const percentiles = new Float64Array(count).fill(1);
  if (count < 2) return percentiles;
  const similarityAt = (rank: number): number => similarities[order[rank] as number] as number;
  for (let first = 0; first < count;) {
    let end = first + 1;
    while (end < count && similarityAt(end) === similarityAt(first)) end++;
    const value = (count - end + (end - first - 1) / 2) / (count - 1);
    for (let rank = first; rank < end; rank++) percentiles[order[rank] as number] = value;
    first = end;
  }
  return percentiles;
}
