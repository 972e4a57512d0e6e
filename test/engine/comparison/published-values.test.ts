import { describe, expect, test } from 'vitest';
import { linearCka } from '../../../src-main/engine/comparison/linear-cka.ts';
import { rankBiasedOverlap } from '../../../src-main/engine/comparison/rank-biased-overlap.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { count, dimensions, randomRows } from './made-up-runs.ts';

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

describe('rank-biased overlap', () => {
  test('of abcde and bcdae is the 0.828 that the README of the Scala library rankmeasures gives', () => {
    expect(rankBiasedOverlap(letters('abcde'), letters('bcdae'), 0.9)).toBeCloseTo(0.828, 3);
  });

  test('of abcdefg and zcavwxy, the example of Webber et al. (2010), is what its agreements add up to', () => {
    const agreements = [0, 0, 2 / 3, 2 / 4, 2 / 5, 2 / 6, 2 / 7];
    const mean = agreements.reduce((total, agreement) => total + agreement, 0) / 7;
    // The average overlap that the paper's table ends with.
    expect(mean).toBeCloseTo(0.312, 3);
    const p = 0.9;
    const sum = agreements.reduce((total, a, rank) => total + (1 - p) * p ** rank * a, 0);
    const expected = sum + p ** 7 * (2 / 7);
    expect(rankBiasedOverlap(letters('abcdefg'), letters('zcavwxy'), p)).toBeCloseTo(expected, 12);
    // A reader who stops at once sees the first rank only.
    expect(rankBiasedOverlap(letters('abcdefg'), letters('zcavwxy'), 1e-9)).toBeCloseTo(0, 8);
  });

  test('is 0 for lists that share nothing and 1 for the same list', () => {
    expect(rankBiasedOverlap([1, 2, 3], [4, 5, 6])).toBeCloseTo(0, 12);
    expect(rankBiasedOverlap([1, 2, 3], [1, 2, 3])).toBe(1);
  });
});

describe('linear CKA', () => {
  const integers = (columns: number, value: (row: number, column: number) => number) => ({
    count: 20,
    dimensions: columns,
    vectors: Float32Array.from({ length: 20 * columns }, (_, index) =>
      value(Math.floor(index / columns), index % columns),
    ),
  });

  test('is HSIC₁ of the whole matrices in NumPy 2.4, also where that is below 0', async () => {
    const x = integers(4, (i, j) => (7 * i * i + 3 * i * j + j * j) % 11);
    const y = integers(3, (i, j) => (5 * i * i + 2 * i * j + 3 * j) % 13);
    expect(await linearCka(x, y)).toBeCloseTo(-0.1361726218708575, 12);
    expect(await linearCka(y, x)).toBeCloseTo(-0.1361726218708575, 12);
  });

  test('is that of the whole matrices, over more than one block of rows', async () => {
    const many = 5000;
    const rows = (seed: number, width: number) => ({
      count: many,
      dimensions: width,
      vectors: Float32Array.from(
        { length: many * width },
        (_, index) => Math.sin(seed + index) + (index % width),
      ),
    });
    const [first, second] = [rows(1, 3), rows(2, 2)];
    const kernel = ({ vectors, dimensions: d }: typeof first, i: number, j: number): number => {
      if (i === j) return 0;
      let product = 0;
      for (let c = 0; c < d; c++) product += vectors[i * d + c]! * vectors[j * d + c]!;
      return product;
    };
    // Equation 5 of Song et al. (2012), term by term.
    const hsic = (a: typeof first, b: typeof first): number => {
      let trace = 0;
      const [sumsA, sumsB] = [new Float64Array(many), new Float64Array(many)];
      for (let i = 0; i < many; i++) {
        for (let j = 0; j < many; j++) {
          const [one, other] = [kernel(a, i, j), kernel(b, i, j)];
          trace += one * other;
          sumsA[i]! += one;
          sumsB[i]! += other;
        }
      }
      const all = (sums: Float64Array): number => sums.reduce((t, v) => t + v, 0);
      const crossed = sumsA.reduce((t, v, row) => t + v * sumsB[row]!, 0);
      const product = (all(sumsA) * all(sumsB)) / ((many - 1) * (many - 2));
      return (trace + product - (2 / (many - 2)) * crossed) / (many * (many - 3));
    };
    const expected = hsic(first, second) / Math.sqrt(hsic(first, first) * hsic(second, second));
    expect(await linearCka(first, second)).toBeCloseTo(expected, 8);
  });

  test('of 100 random pictures is about 0, where the biased one is near 0.39', async () => {
    const values: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const [random, many, width] = [seedRandom(seed), 100, 64];
      const drawn = () => ({
        count: many,
        dimensions: width,
        vectors: Float32Array.from({ length: many * width }, () => random.normal()),
      });
      values.push((await linearCka(drawn(), drawn()))!);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
  });

  test('does not change with scale, and is null where all rows are the same', async () => {
    const rows = { vectors: randomRows(1), count, dimensions };
    const scaled = { ...rows, vectors: rows.vectors.map((value) => 4 * value) };
    expect(await linearCka(rows, scaled)).toBeCloseTo(1, 12);
    const flat = { ...rows, vectors: new Float32Array(count * dimensions).fill(1) };
    expect(await linearCka(rows, flat)).toBeNull();
  });
});
