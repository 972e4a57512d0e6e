import { expect, test } from 'vitest';
import {
  permutationTest,
  smallestExactP,
} from '../../../src-main/engine/numeric/permutation-test.ts';

test.each([
  // scipy.stats.permutation_test with all resamples, of |mean(x) - mean(y)|, SciPy 1.17.
  [[0.412, 0.431, 0.42], [0.455, 0.44, 0.462], 0.1],
  [[0.1, 0.3, 0.25, 0.4, 0.22], [0.5, 0.35], 0.19047619047619047],
  [[1, 2, 3, 9], [4, 5, 6, 7], 0.45714285714285713],
])('%j against %j has the p of SciPy', (first, second, p) => {
  expect(permutationTest(first, second)!.p).toBeCloseTo(p, 12);
  expect(permutationTest(second, first)!.p).toBeCloseTo(p, 12);
});

test('three against three can give 0.1 at best, four against four 2 of 70', () => {
  expect(smallestExactP(3, 3)).toBe(0.1);
  expect(smallestExactP(4, 4)).toBe(2 / 70);
  expect(smallestExactP(1, 3)).toBe(0.25);
  expect(permutationTest([1, 2, 3], [11, 12, 13])).toEqual({ p: 0.1, smallest: 0.1 });
});

test('equal values tell nothing, and too many ways are not gone through', () => {
  expect(permutationTest([0.3, 0.3], [0.3, 0.3])!.p).toBe(1);
  expect(permutationTest(Array(40).fill(1), Array(40).fill(2))).toBeNull();
  expect(permutationTest([], [1])).toBeNull();
});
