import { expect, test } from 'vitest';
import { isotonicRegression } from '../../../src-main/engine/numeric/isotonic-regression.ts';
import golden from '../../fixtures/suspicion.json' with { type: 'json' };

test.each(golden.isotonic.map((one, index) => [index, one] as const))(
  'agrees with scipy.optimize.isotonic_regression (case %d)',
  (_, { values, weights, fitted }) => {
    const ours = isotonicRegression(values, weights);
    fitted.forEach((value, index) => expect(ours[index]).toBeCloseTo(value, 12));
  },
);

test('pools 3 and 1 of a rising series into their weighted mean, and nothing of nothing', () => {
  // (3 · 1 + 1 · 3) / 4 = 1.5
  expect([...isotonicRegression([0, 3, 1, 5], [1, 1, 3, 1])]).toEqual([0, 1.5, 1.5, 5]);
  expect([...isotonicRegression([], [])]).toEqual([]);
});
