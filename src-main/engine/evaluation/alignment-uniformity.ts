import { dotProduct } from '../neighbours/unit-rows.ts';
import type { UnitRows } from '../neighbours/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../training/random.ts';

/** Pairs are formed among at most so many rows: 4.5 million of them, well under a second. */
const mostRows = 3000;
const sampleSeed = 1;

/**
 * Mean squared distance between two views' unit rows, row by row: 0 when views agree, at most 4
 * (Wang and Isola 2020, equation 1 with alpha 2).
 */
export function alignment(first: UnitRows, second: UnitRows): number {
  let total = 0;
  for (let index = 0; index < first.vectors.length; index++) {
    const difference = (first.vectors[index] ?? 0) - (second.vectors[index] ?? 0);
    total += difference * difference;
  }
  return total / first.count;
}

/**
 * log of the mean of exp(-2 |x - y|²) over pairs of unit rows: 0 when all are one point, towards -4
 * when spread evenly (Wang and Isola 2020, equation 2 with t = 2). Over a fixed random sample of
 * 3,000 rows when there are more.
 */
export function uniformity(rows: UnitRows): number {
  const { vectors, count, dimensions } = rows;
  const order = shuffledOrder(count, seedRandom(sampleSeed)).subarray(0, mostRows);
  let total = 0;
  for (let first = 1; first < order.length; first++) {
    const start = (order[first] ?? 0) * dimensions;
    for (let second = 0; second < first; second++) {
      const other = (order[second] ?? 0) * dimensions;
      const similarity = dotProduct(vectors, start, other, dimensions);
      total += Math.exp(4 * (similarity - 1));
    }
  }
  const pairs = (order.length * (order.length - 1)) / 2;
  return pairs === 0 ? 0 : Math.log(total / pairs);
}
