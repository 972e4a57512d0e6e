import { describe, expect, test } from 'vitest';
import {
  scaleOfPart,
  similarityMoments,
  similarityScale,
  standardHardness,
} from '../../../src-main/engine/comparison/standard-hardness.ts';
import { seedRandom, shuffledOrder } from '../../../src-main/engine/numeric/random.ts';
import { count, dimensions, randomRows } from './made-up-runs.ts';

/** Around one direction, so that the mean similarity is far from 0. */
function narrowRows(): Float32Array {
  const vectors = randomRows(3);
  for (let row = 0; row < count; row++) {
    const start = row * dimensions;
    vectors[start] = vectors[start]! + 2;
    const length = Math.hypot(...vectors.subarray(start, start + dimensions));
    for (let axis = 0; axis < dimensions; axis++) vectors[start + axis]! /= length;
  }
  return vectors;
}

/** Mean and deviation over all pairs of the rows, by adding up every pair. */
function overPairs(vectors: Float32Array, rows: readonly number[]) {
  const cosines = rows.flatMap((one) =>
    rows
      .filter((other) => other !== one)
      .map((other) => {
        let total = 0;
        for (let axis = 0; axis < dimensions; axis++) {
          total += vectors[one * dimensions + axis]! * vectors[other * dimensions + axis]!;
        }
        return total;
      }),
  );
  const mean = cosines.reduce((total, value) => total + value, 0) / cosines.length;
  const squares = cosines.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / cosines.length) };
}

describe('the scale of a run’s similarities', () => {
  const vectors = narrowRows();
  const rows = { vectors, count, dimensions };

  test('is that of all pairs', async () => {
    const expected = overPairs(vectors, [...Array(count).keys()]);
    const scale = similarityScale(await similarityMoments(rows));
    expect(scale.mean).toBeCloseTo(expected.mean, 6);
    expect(scale.deviation).toBeCloseTo(expected.deviation, 6);
  });

  test('of halves follows that of their pairs', async () => {
    const moments = await similarityMoments(rows);
    const random = seedRandom(1);
    const errors = { mean: 0, deviation: 0 };
    const spreads = { mean: 0, deviation: 0 };
    const whole = similarityScale(moments);
    for (let draw = 0; draw < 20; draw++) {
      const half = Array.from(shuffledOrder(count, random).subarray(0, count / 2));
      const isIn = new Uint8Array(count);
      for (const row of half) isIn[row] = 1;
      const [expected, found] = [overPairs(vectors, half), scaleOfPart(moments, isIn)];
      for (const name of ['mean', 'deviation'] as const) {
        errors[name] += (found[name] - expected[name]) ** 2;
        spreads[name] += (expected[name] - whole[name]) ** 2;
      }
    }
    // What the first order leaves out adds less than a tenth to the variance between halves of 200.
    for (const name of ['mean', 'deviation'] as const) {
      expect(errors[name] / spreads[name]).toBeLessThan(0.1);
    }
  });

  test('makes hardness a number of deviations; rows that are all alike have 0', () => {
    const neighbours = {
      rows: Int32Array.of(1, 2),
      similarities: Float32Array.of(0.75, 0.25),
      k: 2,
    };
    expect(standardHardness(neighbours, { mean: 0.25, deviation: 0.125 }, 0, 2)).toBe(2);
    expect(standardHardness(neighbours, { mean: 0.25, deviation: 0.125 }, 0, 1)).toBe(4);
    expect(standardHardness(neighbours, { mean: 0.5, deviation: 0 }, 0, 2)).toBe(0);
  });
});
