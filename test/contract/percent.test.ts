import { describe, expect, it } from 'vitest';
import { formatPercent, smallPercent } from '../../src-main/contract/percent.ts';

it.each([
  [0, '0.0\u00a0%'],
  [1.204, '120.4\u00a0%'],
  [0.0829, '8.3\u00a0%'],
  [0.01, '1.0\u00a0%'],
  [0.00123, '0.12\u00a0%'],
  // One of 50,000, each as the others.
  [1 / 50_000, '0.0020\u00a0%'],
  [0.0000062, '0.00062\u00a0%'],
  [-0.00031, '−0.031\u00a0%'],
  [3e-9, 'under 0.000001\u00a0%'],
])('%d is %s', (fraction, text) => {
  expect(smallPercent(fraction)).toBe(text);
});

describe('fractions', () => {
  it.each([
    [0, '0.0\u00a0%'],
    [0.0829, '8.3\u00a0%'],
    [1, '100.0\u00a0%'],
    [-0.0001, '0.0\u00a0%'],
    [-0.05, '−5.0\u00a0%'],
  ])('%d is %s', (fraction, text) => {
    expect(formatPercent(fraction)).toBe(text);
  });

  it('have as many decimals as are asked for', () => {
    expect(formatPercent(0.126, 0)).toBe('13\u00a0%');
    expect(formatPercent(0.12345, 2)).toBe('12.35\u00a0%');
  });
});
