import { expect, test } from 'vitest';
import { curveParameters } from '../../../src-main/engine/map/curve-parameters.ts';
import { findABParams } from 'umap-js/dist/umap.js';

/** umap-learn's find_ab_params, by SciPy 1.17's curve_fit with tolerances of 1e-14. */
const umapLearn: readonly (readonly [number, number, number, number])[] = [
  [1, 0.1, 1.5769436134456798, 0.8950607194372566],
  [1, 0.5, 0.5830298055312382, 1.3341673830015464],
  [1, 0.001, 1.9290740616041113, 0.7915042336618413],
  [1, 0, 1.9328090880855, 0.7904946611253174],
  [2, 0.1, 0.5446607295058131, 0.8420553537590247],
  [1, 0.99, 0.11930558793517065, 1.9163887725429056],
  [0.5, 0.3, 3.243519214065111, 1.4474631962461706],
  [3, 2, 0.012504994461884642, 1.5241628895529558],
];

test.each(umapLearn)('of spread %d and distance %d are umap-learn’s', (spread, distance, a, b) => {
  const found = curveParameters(spread, distance);
  expect(found.a / a).toBeCloseTo(1, 6);
  expect(found.b / b).toBeCloseTo(1, 6);
});

test('are umap-js’s within one part in a hundred at the usual distance, where its fit is good', () => {
  const [found, theirs] = [curveParameters(1, 0.1), findABParams(1, 0.1)];
  expect(Math.abs(found.a / theirs.a - 1)).toBeLessThan(0.01);
  expect(Math.abs(found.b / theirs.b - 1)).toBeLessThan(0.01);
});
