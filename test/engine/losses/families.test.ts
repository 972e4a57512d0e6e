import { describe, expect, it } from 'vitest';
import type { GoldenCase } from '../../golden/golden-cases.ts';
import { goldenFamilies } from '../../golden/golden-families.ts';
import { flatten, runLoss, shapeOf } from '../../golden/golden-loss.ts';
import type { GoldenLoss, Nested } from '../../golden/golden-loss.ts';
import { familyCases } from './family-cases.ts';
import { falseNegativesOf, naiveFamilies } from './naive-families.ts';

const difference = 1e-6;

function nested(values: readonly number[], shape: readonly number[]): Nested {
  const [count = 1, ...rest] = shape;
  if (shape.length === 0) return values[0]!;
  const each = values.length / count;
  return Array.from({ length: count }, (_, index) =>
    nested(values.slice(index * each, (index + 1) * each), rest),
  );
}

/** Central differences of the oracle by one input. */
function naiveGradient(golden: GoldenCase, input: string): number[] {
  const whole = golden.inputs[input] as Nested;
  const [values, shape] = [flatten(whole), shapeOf(whole)];
  const lossAt = (index: number, step: number): number => {
    const moved = values.with(index, values[index]! + step);
    const inputs = { ...golden.inputs, [input]: nested(moved, shape) };
    return naiveFamilies[golden.objective]!(golden, inputs);
  };
  return values.map(
    (_, index) => (lossAt(index, difference) - lossAt(index, -difference)) / (2 * difference),
  );
}

function largestDifference(left: ArrayLike<number>, right: readonly number[]): number {
  expect(left.length).toBe(right.length);
  return Math.max(...right.map((value, index) => Math.abs(value - left[index]!)));
}

async function checkLoss(golden: GoldenCase, loss: GoldenLoss): Promise<void> {
  const outputs = await runLoss(loss, 'cpu', 'float64');
  const expected = naiveFamilies[golden.objective]!(golden, golden.inputs);
  expect(Math.abs(outputs['loss']!.values[0]! - expected)).toBeLessThan(1e-12);
  for (const input of Object.keys(loss.free)) {
    const gradient = naiveGradient(golden, input);
    expect(largestDifference(outputs[`grad.${input}`]!.values, gradient), input).toBeLessThan(1e-7);
  }
}

describe('objectives of every source', () => {
  it.each(familyCases)('$name is what loops over anchors give', async (golden) => {
    const losses = goldenFamilies[golden.objective]!(golden);
    for (const loss of losses.filter(({ names }) => (names?.loss ?? 'loss') === 'loss')) {
      await checkLoss(golden, loss);
    }
  });

  it('finds some false negatives to attract and to eliminate, and not all', () => {
    for (const mode of ['fnc_attraction', 'fnc_elimination']) {
      const counts = familyCases
        .filter(({ objective }) => objective === mode)
        .flatMap((golden) => falseNegativesOf(golden).map((found) => found.length));
      expect(Math.max(...counts)).toBeGreaterThan(0);
      expect(Math.min(...counts)).toBe(0);
    }
  });

  it('refuses a golden case with a parameter that nothing knows, or of other sizes', () => {
    const golden = familyCases.find(({ objective }) => objective === 'moco_infonce')!;
    const family = goldenFamilies['moco_infonce']!;
    const unknown = { ...golden, params: { ...golden.params, margin: 0.1 } };
    expect(() => family(unknown)).toThrow(/"margin"/);
    expect(() => family({ ...golden, params: { ...golden.params, K: 8 } })).toThrow(/K = 8/);
  });
});
