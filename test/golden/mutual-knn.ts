/**
 * Whether each row of a square similarity matrix (count x count, row-major) is among the k nearest of
 * `anchor` and has `anchor` among its own k nearest (docs/formulas.md, Mutual nearest neighbours).
 * `isOwn` tells rows of the same picture, which are nobody's neighbours; ties go to the lower row.
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
