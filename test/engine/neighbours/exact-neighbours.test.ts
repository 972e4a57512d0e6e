import { describe, expect, test } from 'vitest';
import {
  exactNeighbours,
  neighboursOfOne,
} from '../../../src-main/engine/neighbours/exact-neighbours.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows, normaliseRows } from './random-unit-rows.ts';

/** All pairs in float64 by plain loops, sorted. */
function naiveNeighbours({ vectors, count, dimensions }: UnitRows, k: number): number[][] {
  return Array.from({ length: count }, (_, row) => {
    const pairs: { other: number; similarity: number }[] = [];
    for (let other = 0; other < count; other++) {
      let similarity = 0;
      for (let index = 0; index < dimensions; index++) {
        similarity += vectors[row * dimensions + index]! * vectors[other * dimensions + index]!;
      }
      if (other !== row) pairs.push({ other, similarity });
    }
    pairs.sort((a, b) => b.similarity - a.similarity || a.other - b.other);
    return pairs.slice(0, k).map(({ other }) => other);
  });
}

function rowsOf(rows: Int32Array, k: number): number[][] {
  return Array.from({ length: rows.length / k }, (_, row) => [
    ...rows.subarray(row * k, row * k + k),
  ]);
}

describe('exact neighbours', () => {
  test('agree with all pairs in float64, over several blocks and two threads', async () => {
    const input = { count: 1203, dimensions: 37 };
    const vectors = clusteredUnitRows({ ...input, clusters: 12, spread: 0.4, seed: 5 });
    const expected = naiveNeighbours({ vectors, ...input }, 20);
    const fractions: number[] = [];
    const found = await exactNeighbours({
      vectors,
      ...input,
      k: 20,
      threads: 2,
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(rowsOf(found.rows, 20)).toEqual(expected);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    const one = neighboursOfOne({ vectors, ...input, row: 1202, k: 20 });
    expect([...one.rows]).toEqual(expected[1202]);
    expect(one.similarities).toEqual(found.similarities.slice(1202 * 20));
  });

  test('order rows that differ by less than float32 rounding of their products', async () => {
    const dimensions = 64;
    const count = 300;
    const vectors = clusteredUnitRows({ count, dimensions, clusters: 1, spread: 2e-4, seed: 9 });
    const found = await exactNeighbours({ vectors, count, dimensions, k: 10 });
    expect(rowsOf(found.rows, 10)).toEqual(naiveNeighbours({ vectors, count, dimensions }, 10));
  });

  test('list duplicates first and break ties by the lower row', async () => {
    const dimensions = 4;
    const count = 40;
    const vectors = new Float32Array(count * dimensions);
    for (let row = 0; row < count; row++) vectors[row * dimensions + (row % dimensions)] = 1;
    const found = await exactNeighbours({ vectors, count, dimensions, k: 12 });
    expect([...found.rows.subarray(0, 12)]).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 36, 1, 2, 3]);
    expect([...found.rows.subarray(8 * 12, 9 * 12)]).toEqual([
      0, 4, 12, 16, 20, 24, 28, 32, 36, 1, 2, 3,
    ]);
    expect([...found.similarities.subarray(0, 12)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  test('survive rows that are all the same', async () => {
    const vectors = normaliseRows(new Float32Array(500 * 8).fill(1), 8);
    const found = await exactNeighbours({ vectors, count: 500, dimensions: 8, k: 3 });
    expect(rowsOf(found.rows, 3).slice(0, 4)).toEqual([
      [1, 2, 3],
      [0, 2, 3],
      [0, 1, 3],
      [0, 1, 2],
    ]);
  });

  test('allow k = n - 1 and refuse k = n, 0 or a fraction with the range', async () => {
    const input = {
      vectors: clusteredUnitRows({ count: 5, dimensions: 3, clusters: 5, spread: 0, seed: 2 }),
      count: 5,
      dimensions: 3,
    };
    const all = await exactNeighbours({ ...input, k: 4 });
    expect(rowsOf(all.rows, 4)).toEqual(naiveNeighbours(input, 4));
    for (const k of [5, 0, 1.5]) {
      const refusal = {
        code: 'bad-argument',
        message: expect.stringContaining('from 1 to 4') as string,
      };
      await expect(exactNeighbours({ ...input, k })).rejects.toMatchObject(refusal);
      expect(() => neighboursOfOne({ ...input, row: 0, k })).toThrow('from 1 to 4');
    }
    expect(() => neighboursOfOne({ ...input, row: 5, k: 1 })).toThrow('no row 5');
  });

  test.each([
    ['NaN', NaN, 'row 3 holds a value that is not a finite number'],
    ['infinity', Infinity, 'row 3 holds a value that is not a finite number'],
    ['a row that is too long', 2, 'row 3 has length'],
  ])('refuse %s with the row', async (_, value, sentence) => {
    const vectors = clusteredUnitRows({ count: 9, dimensions: 3, clusters: 3, spread: 1, seed: 1 });
    vectors[10] = value;
    await expect(exactNeighbours({ vectors, count: 9, dimensions: 3, k: 2 })).rejects.toMatchObject(
      {
        code: 'bad-argument',
        message: expect.stringContaining(sentence) as string,
      },
    );
  });

  test('refuse an array that does not hold count x dimensions numbers', async () => {
    const request = { vectors: new Float32Array(10), count: 4, dimensions: 3, k: 2 };
    await expect(exactNeighbours(request)).rejects.toThrow('4 embeddings of 3 numbers');
  });

  test('stop soon after they are cancelled, and do not start when cancelled before', async () => {
    const input = { count: 12_000, dimensions: 128, k: 15 };
    const vectors = new Float32Array(input.count * input.dimensions);
    for (let row = 0; row < input.count; row++) vectors[row * 128 + (row % 128)] = 1;
    const controller = new AbortController();
    let lastFraction = 0;
    const search = exactNeighbours({
      vectors,
      ...input,
      signal: controller.signal,
      onProgress: (fraction) => {
        lastFraction = fraction;
        controller.abort();
      },
    });
    await expect(search).rejects.toMatchObject({ code: 'cancelled' });
    expect(lastFraction).toBeLessThan(0.5);
    const again = exactNeighbours({ vectors, ...input, signal: controller.signal });
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
  });
});
