/**
 * 1 for each row of a similarity matrix [count, count] that is a mutual neighbour of `anchor`: each is
 * among the other's k nearest (docs/formulas.md, Mutual nearest neighbours). Rows for which `isOwn` is
 * true show the same picture and are no neighbours; of equally similar rows the lower one is nearer.
 */
export function mutualKnn(
  similarities: Float64Array,
  anchor: number,
  k: number,
  isOwn: (row: number, other: number) => boolean,
): Uint8Array {
  const count = Math.sqrt(similarities.length);
  const nearest = (row: number): number[] =>
    Array.from({ length: count }, (_, other) => other)
      .filter((other) => other !== row && !isOwn(row, other))
      .sort(
        (a, b) =>
          (similarities[row * count + b] as number) - (similarities[row * count + a] as number) ||
          a - b,
      )
      .slice(0, k);
  const mutual = new Uint8Array(count);
  for (const other of nearest(anchor)) if (nearest(other).includes(anchor)) mutual[other] = 1;
  return mutual;
}
