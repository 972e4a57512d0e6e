import { expect, test } from 'vitest';
import { differenceTest, spreadOf } from '../../../src-main/engine/comparison/difference-test.ts';

const side = (values: readonly number[], hasSeeds = true) => ({ ...spreadOf(values), hasSeeds });

test.each([
  // scipy.stats.ttest_ind(b, a) and its confidence_interval(0.95), SciPy 1.17; as many seeds each.
  [
    [0.412, 0.431, 0.42],
    [0.455, 0.44, 0.462],
    { p: 0.021179323643843475, low: 0.007701814551890247, high: 0.054964852114776405 },
  ],
  // The same with equal_var=False; not as many.
  [
    [0.1, 0.3, 0.25, 0.4, 0.22],
    [0.5, 0.35],
    { p: 0.19979569056402569, low: -0.22377962361905168, high: 0.5657796236190517 },
  ],
])('%j against %j is the t test of SciPy', (a, b, expected) => {
  const test = differenceTest(side(a), side(b), null)!;
  for (const key of ['p', 'low', 'high'] as const) expect(test[key]).toBeCloseTo(expected[key], 11);
});

test('a single run against seeds is the pooled t test of SciPy: it has their spread', () => {
  // scipy.stats.ttest_ind([0.5], [0.1, 0.3, 0.25]).
  const test = differenceTest(side([0.1, 0.3, 0.25]), side([0.5]), null)!;
  expect(test.p).toBeCloseTo(0.1424634370809589, 11);
  expect(test.low).toBeCloseTo(-0.23378116792089287, 10);
  expect(test.high).toBeCloseTo(0.8004478345875595, 10);
});

test('an encoder without seeds is a constant: the one-sample t test of SciPy', () => {
  // scipy.stats.ttest_1samp([0.1, 0.3, 0.25], 0.5).
  const test = differenceTest(side([0.5], false), side([0.1, 0.3, 0.25]), null)!;
  expect(test.p).toBeCloseTo(0.04215851130768121, 11);
});

test('two single runs are tested by a known spread, and not at all without one', () => {
  // t = 0.3 / (0.1 √2) with 2 degrees of freedom: p = 1 - t / √(2 + t²), in closed form.
  const t = 0.3 / (0.1 * Math.SQRT2);
  const known = { sd: 0.1, seeds: 3 };
  expect(differenceTest(side([0.1]), side([0.4]), known)!.p).toBeCloseTo(
    1 - t / Math.sqrt(2 + t * t),
    11,
  );
  expect(differenceTest(side([0.1]), side([0.4]), null)).toBeNull();
  expect(differenceTest(side([0.1], false), side([0.4], false), known)).toBeNull();
});

test('seeds that are all the same differ for certain, or not at all', () => {
  expect(differenceTest(side([0.2, 0.2]), side([0.2, 0.2]), null)).toEqual({
    ...{ low: 0, high: 0, p: 1 },
  });
  expect(differenceTest(side([0.25, 0.25]), side([0.5, 0.5]), null)?.p).toBe(0);
});
