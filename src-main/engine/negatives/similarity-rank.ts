/** Candidates by similarity: `order` lists them hardest first, `rank` is each one's place in it, from 0. */
export interface SimilarityRanking {
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
}

/** Ranks candidates by similarity, most similar first, ties by lower index (specification 9.1). */
export function rankBySimilarity(similarities: Float64Array): SimilarityRanking {
  const order = Uint32Array.from(similarities.keys());
  order.sort((a, b) => (similarities[b] as number) - (similarities[a] as number) || a - b);
  const rank = new Uint32Array(order.length);
  for (const [place, candidate] of order.entries()) rank[candidate] = place;
  return { order, rank };
}

/**
 * The share of the other candidates that are less similar, ties counting half, 0 to 1
 * (specification 9.1); 1 where there is only one candidate.
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
