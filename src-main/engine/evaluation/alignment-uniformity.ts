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
  const { count, dimensions } = rows;
  const order = shuffledOrder(count, seedRandom(sampleSeed)).subarray(0, mostRows);
  const sample = sampledRows(rows, order);
  const similarities = new Float64Array(order.length);
  let total = 0;
  for (let first = 1; first < order.length; first++) {
    similaritiesToEarlier(sample, dimensions, first, similarities);
    for (let second = 0; second < first; second++) {
      total += Math.exp(4 * ((similarities[second] as number) - 1));
    }
  }
  const pairs = (order.length * (order.length - 1)) / 2;
  return pairs === 0 ? 0 : Math.log(total / pairs);
}

function sampledRows({ vectors, dimensions }: UnitRows, order: Uint32Array): Float64Array {
  const sample = new Float64Array(order.length * dimensions);
  for (const [place, row] of order.entries()) {
    sample.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  }
  return sample;
}

/** Inner products of a row with each row before it, four at a time: each of its numbers is read once for four. */
function similaritiesToEarlier(
  sample: Float64Array,
  dimensions: number,
  row: number,
  similarities: Float64Array,
): void {
  const own = row * dimensions;
  let other = 0;
  for (; other + 4 <= row; other += 4) {
    const start = other * dimensions;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < dimensions; index++) {
      const value = sample[own + index] as number;
      const place = start + index;
      a += value * (sample[place] as number);
      b += value * (sample[place + dimensions] as number);
      c += value * (sample[place + 2 * dimensions] as number);
      d += value * (sample[place + 3 * dimensions] as number);
    }
    similarities.set([a, b, c, d], other);
  }
  for (; other < row; other++) {
    let product = 0;
    for (let index = 0; index < dimensions; index++) {
      product += (sample[own + index] as number) * (sample[other * dimensions + index] as number);
    }
    similarities[other] = product;
  }
}
