const buckets = 8192;

/** The least similar candidate within a number of ranks: those above it, or as similar and not after it, are within. */
export interface SimilarityCut {
  readonly similarity: number;
  readonly row: number;
}

/**
 * Finds where the `ranks` most similar of a row of similarities end, without sorting it; ties by
 * lower row, `self` left out. The answer is exact.
 */
export function similarityCut(
  similarities: Float32Array,
  self: number,
  ranks: number,
): SimilarityCut {
  if (ranks < 1) return { similarity: Infinity, row: -1 };
  const counts = new Uint32Array(buckets);
  for (let row = 0; row < similarities.length; row++) {
    if (row === self) continue;
    const bucket = bucketOf(similarities[row] as number);
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  let left = ranks;
  let bucket = buckets - 1;
  while (bucket > 0 && (counts[bucket] as number) < left) left -= counts[bucket--] as number;
  const within: number[] = [];
  for (let row = 0; row < similarities.length; row++) {
    if (row !== self && bucketOf(similarities[row] as number) === bucket) within.push(row);
  }
  within.sort((a, b) => (similarities[b] as number) - (similarities[a] as number) || a - b);
  const row = within[left - 1] ?? -1;
  return { similarity: similarities[row] ?? -Infinity, row };
}

/** Whether a row is within the cut's ranks. */
export function isWithin(cut: SimilarityCut, similarity: number, row: number): boolean {
  return similarity > cut.similarity || (similarity === cut.similarity && row <= cut.row);
}

function bucketOf(similarity: number): number {
  return Math.min(buckets - 1, Math.max(0, Math.floor(((similarity + 1) * buckets) / 2)));
}
