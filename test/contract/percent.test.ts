import { expect, it } from 'vitest';
import { smallPercent } from '../../src-main/contract/percent.ts';

it.each([
  [0, '0.0 %'],
  [1.204, '120.4 %'],
  [0.0829, '8.3 %'],
  [0.01, '1.0 %'],
  [0.00123, '0.12 %'],
  // One of 50,000, each as the others.
  [1 / 50_000, '0.0020 %'],
  [0.0000062, '0.00062 %'],
  [-0.00031, '−0.031 %'],
  [3e-9, 'under 0.000001 %'],
])('%d is %s', (fraction, text) => {
  expect(smallPercent(fraction)).toBe(text);
});
