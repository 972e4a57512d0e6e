import { EngineError } from '../../contract/errors.ts';

/** Candidates by similarity: `order` lists them hardest first, `rank` is each one's place in it, from 0. */
export interface SimilarityRanking {
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
}

/**
 * Ranks candidates by similarity, most similar first, ties by lower index (docs/formulas.md, Rank and
 * percentile). A plain sort of the numbers and a search for each is several times faster than sorting
 * indices.
 * @throws EngineError bad-argument when a similarity is not a number
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
    const place = moreSimilar + (tiesBefore[moreSimilar] as number);
    tiesBefore[moreSimilar] = (tiesBefore[moreSimilar] as number) + 1;
    rank[candidate] = place;
    order[place] = candidate;
  }
  return { order, rank };
}

/** How many numbers of an ascending column are at most `value`. */
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
 * The share of the other candidates that are less similar, ties counting half, 0 to 1
 * (docs/formulas.md, Rank and percentile); 1 where there is only one candidate.
 */
export function similarityPercentiles(
  similarities: Float64Array,
  { order }: SimilarityRanking,
): Float64Array {
  const count = order.length;
  const percentiles = new Float64Array(count).fill(1);
  if (count < 2) return percentiles;
  const at = (place: number): number => similarities[order[place] as number] as number;
  for (let first = 0; first < count;) {
    let end = first + 1;
    while (end < count && at(end) === at(first)) end++;
    const value = (count - end + (end - first - 1) / 2) / (count - 1);
    for (let place = first; place < end; place++) percentiles[order[place] as number] = value;
    first = end;
  }
  return percentiles;
}
