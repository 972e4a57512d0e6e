import { describe, expect, it } from 'vitest';
import { casesOf, goldenCases, largestDifference, parameter } from './golden-cases.ts';
import type { Matrix } from './golden-cases.ts';
import { presetOfObjective, runObjective } from './golden-objective.ts';

const known = [...Object.keys(presetOfObjective), 'explain', 'weighted_knn'];
const cases = casesOf(...Object.keys(presetOfObjective));

const tolerance = 1e-4;
const inFloat32 = cases
  .filter((golden) => parameter(golden, 'temperature') >= 0.1)
  .flatMap((golden) => ['cpu', 'tfjs-cpu'].map((device) => ({ golden, device })));

type Gradient = Readonly<Record<'z1' | 'z2', Matrix>>;

describe('golden', () => {
  it('knows some of the cases, and says which it does not', () => {
    const unknown = goldenCases.filter(({ objective }) => !known.includes(objective));
    if (unknown.length > 0) {
      console.info(
        `Objectives not known yet:\n${unknown.map(({ name }) => `  ${name}`).join('\n')}`,
      );
    }
    expect(goldenCases.length - unknown.length).toBeGreaterThan(0);
  });

  it.each(cases)('$name traced in float64', async (golden) => {
    const output = await runObjective(golden, 'cpu', 'float64');
    const loss = golden.expected['loss'] as number;
    expect(Math.abs(output['loss']!.values[0]! - loss) / Math.abs(loss)).toBeLessThan(1e-10);
    const grad = golden.expected['grad'] as Gradient;
    expect(largestDifference(output['gradZ1']!.values, grad.z1.flat())).toBeLessThan(1e-9);
    expect(largestDifference(output['gradZ2']!.values, grad.z2.flat())).toBeLessThan(1e-9);
    const perAnchor = golden.expected['per_anchor'] as number[] | undefined;
    if (perAnchor !== undefined) {
      expect(largestDifference(output['perAnchorLoss']!.values, perAnchor)).toBeLessThan(1e-9);
    }
    const through = golden.expected['grad_through_l2norm'] as Gradient | undefined;
    if (through !== undefined) {
      expect(largestDifference(output['throughZ1']!.values, through.z1.flat())).toBeLessThan(1e-9);
      expect(largestDifference(output['throughZ2']!.values, through.z2.flat())).toBeLessThan(1e-9);
    }
    const aux = golden.expected['aux'] as Readonly<Record<string, unknown>> | undefined;
    const clamped = aux?.['clamped'] as boolean[] | undefined;
    if (clamped !== undefined) {
      const rate = clamped.filter(Boolean).length / clamped.length;
      expect(output['clampRate']!.values[0]).toBeCloseTo(rate, 12);
    }
  });

  it.each(inFloat32)('$golden.name in float32 on $device', async ({ golden, device }) => {
    const output = await runObjective(golden, device, 'float32');
    const loss = golden.expected['loss'] as number;
    const grad = golden.expected['grad'] as Gradient;
    expect(Math.abs(output['loss']!.values[0]! - loss)).toBeLessThan(tolerance);
    expect(largestDifference(output['gradZ1']!.values, grad.z1.flat())).toBeLessThan(tolerance);
    expect(largestDifference(output['gradZ2']!.values, grad.z2.flat())).toBeLessThan(tolerance);
  });
});
