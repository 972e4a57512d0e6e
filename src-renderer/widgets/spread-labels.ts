/**
 * Places of labels down a column, as near to what they name as they can be without overlap: at least
 * `gap` apart and from `top` to `bottom`, in the order of `wanted`; closer where there is no room.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const step = Math.min(gap, (bottom - top) / Math.max(1, wanted.length - 1));
  const places = new Array<number>(wanted.length).fill(top);
  let least = top;
  for (const index of order) {
    places[index] = Math.max(least, wanted[index] ?? top);
    least = (places[index] ?? top) + step;
  }
  let most = bottom;
  for (const index of order.toReversed()) {
    places[index] = Math.min(most, places[index] ?? bottom);
    most = (places[index] ?? bottom) - step;
  }
  return places;
}
