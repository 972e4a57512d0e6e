/**
 * The commonest length of some vectors, empty ones left out; the first of equally common ones; null
 * without any.
 */
export function commonestLength(lengths: Iterable<number>): number | null {
  const counts = new Map<number, number>();
  for (const length of lengths) {
    if (length > 0) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [length, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = length;
  }
  return best;
}
