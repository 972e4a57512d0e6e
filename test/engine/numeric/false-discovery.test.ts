import { expect, test } from 'vitest';
import { falseDiscoveryRates } from '../../../src-main/engine/numeric/false-discovery.ts';

test('the rates are those of scipy.stats.false_discovery_control, SciPy 1.17', () => {
  const rates = falseDiscoveryRates([0.01, 0.04, 0.03, 0.002, 0.5, 0.04]);
  for (const [index, expected] of [0.03, 0.048, 0.048, 0.012, 0.5, 0.048].entries()) {
    expect(rates[index]).toBeCloseTo(expected, 12);
  }
  expect([...falseDiscoveryRates([])]).toEqual([]);
});
