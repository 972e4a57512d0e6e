/** The paper's usual persistence: the first ten ranks have 86 % of the weight. */
const defaultPersistence = 0.9;

/**
 * Extrapolated rank-biased overlap of two rankings of equal length k without ties, 0 to 1:
 * (X_k / k) p^k + ((1 - p) / p) Σ_d (X_d / d) p^d, with X_d the overlap of the first d ranks
 * (RBO_EXT of Webber et al. 2010). `persistence` is p, between 0 and 1.
 */
export function rankBiasedOverlap(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  persistence: number = defaultPersistence,
): number {
  const depth = first.length;
  const seenFirst = new Set<number>();
  const seenSecond = new Set<number>();
  const overlaps = new Uint32Array(depth);
  let overlap = 0;
  for (let rank = 0; rank < depth; rank++) {
    const one = first[rank] ?? -1;
    const other = second[rank] ?? -1;
    seenFirst.add(one);
    seenSecond.add(other);
    if (one === other) overlap += 1;
    else overlap += Number(seenSecond.has(one)) + Number(seenFirst.has(other));
    overlaps[rank] = overlap;
  }
  return rankBiasedOverlapOf(overlaps, persistence);
}

/** As `rankBiasedOverlap`, from the overlap X_d of the first d ranks, for d = 1 to k. */
export function rankBiasedOverlapOf(
  overlaps: ArrayLike<number>,
  persistence: number = defaultPersistence,
): number {
  const depth = overlaps.length;
  // Sums up the missing part, so that equal rankings give exactly 1.
  let missing = 0;
  let weight = 1 - persistence;
  for (let rank = 0; rank < depth; rank++) {
    missing += weight * (1 - (overlaps[rank] as number) / (rank + 1));
    weight *= persistence;
  }
  const last = depth === 0 ? 0 : (overlaps[depth - 1] as number) / depth;
  return 1 - missing - persistence ** depth * (1 - last);
}
