import { placeOf, places as circle } from './drawn-numbers.ts';

/** About so many pairs are found at first; then twice as many, and so on. */
const pairsAtFirst = 512;

/**
 * Every pair of different pictures once, as indices, in a random order that the seed and the contents
 * of the two alone decide: a picture that is added only inserts its own pairs.
 *
 * Each picture has a random place on a circle, a hash of seed and content; a pair comes in the order of
 * the sum of both places around the circle. Every pair is as likely to be among the first of this order,
 * and any two pairs have independent sums. The pairs with a sum in a range are found without looking at
 * the others, so that the first of 1.25 billion take milliseconds.
 */
export function* pairsInOrder(
  hashes: readonly string[],
  seed: number,
): Generator<readonly [number, number]> {
  const places = hashes.map((content) => placeOf(`${seed} ${content}`));
  const order = Array.from(places.keys()).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const sorted = Float64Array.from(order, (index) => places[index] ?? 0);
  const all = (hashes.length * (hashes.length - 1)) / 2;
  let width = all <= pairsAtFirst ? circle : Math.ceil((circle / all) * pairsAtFirst);
  for (let from = 0; from < circle; from += width, width *= 2) {
    const found = pairsWithSum(sorted, from, Math.min(circle, from + width));
    found.sort((a, b) => a.sum - b.sum || a.first - b.first);
    for (const { first, second } of found) yield [order[first] ?? 0, order[second] ?? 0];
  }
}

/** A pair of positions in the sorted places, the lower first, and its sum around the circle. */
interface PlacedPair {
  readonly first: number;
  readonly second: number;
  readonly sum: number;
}

/** The pairs whose sum is at least `from` and below `to`. */
function pairsWithSum(sorted: Float64Array, from: number, to: number): PlacedPair[] {
  const found: PlacedPair[] = [];
  for (const [first, place] of sorted.entries()) {
    // The second's place is in one of two ranges: the sum does not go round the circle, or does.
    for (const round of [0, circle]) {
      const last = from + round - place;
      for (let second = Math.max(first + 1, lowerBound(sorted, last)); ; second += 1) {
        const sum = place + (sorted[second] ?? Infinity) - round;
        if (sum >= to) break;
        found.push({ first, second, sum });
      }
    }
  }
  return found;
}

/** The position of the first value that is not below `bound`. */
function lowerBound(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
