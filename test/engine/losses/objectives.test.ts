import { describe, expect, it } from 'vitest';
import { parseObjectiveSettings } from '../../../src-main/contract/objectives/parse-objective.ts';
import { presets } from '../../../src-main/contract/objectives/presets.ts';
import type { BatchPreset } from './eager-objective.ts';
import { batchPresets } from './eager-objective.ts';
import { objectiveLoss } from '../../../src-main/engine/losses/objective-loss.ts';
import { eagerObjective } from './eager-objective.ts';
import { naiveObjective } from './naive-objectives.ts';
import { randomViews } from './random-views.ts';

function largestDifference(left: readonly number[], right: readonly number[]): number {
  return Math.max(...left.map((value, index) => Math.abs(value - right[index]!)));
}

function scalarsOf(preset: BatchPreset, settings: Record<string, unknown>, batch: number) {
  return objectiveLoss(presets[preset]).scalars(
    parseObjectiveSettings(preset, settings),
    2 * batch - 2,
  );
}

const cases: [BatchPreset, Record<string, number | boolean>][] = [
  ['simclr', { temperature: 0.5 }],
  ['simclr', { temperature: 0.1 }],
  ['debiased', { temperature: 0.5, tauPlus: 0.1 }],
  ['debiased', { temperature: 0.3, tauPlus: 0.4 }],
  ['debiased', { temperature: 0.5, tauPlus: 0 }],
  ['hard', { temperature: 0.5, tauPlus: 0.1, beta: 1 }],
  ['hard', { temperature: 0.2, tauPlus: 0.2, beta: 2 }],
  ['hard', { temperature: 0.5, tauPlus: 0.3, beta: 0 }],
  ['ring', { temperature: 0.2, ringOuter: 0.5, ringInner: 0.2 }],
  ['ring', { temperature: 0.2, ringOuter: 0.6, ringInner: 0.1, ringDynamicInner: false }],
  ['ring', { temperature: 0.5, ringOuter: 1, ringInner: 0 }],
];

describe('objectives', () => {
  it.each(cases)('%s %o is what loops over anchors give', async (preset, settings) => {
    const batch = 9;
    const { z1, z2 } = randomViews({ batch, dimensions: 6, noise: 0.8, seed: 7 });
    const expected = naiveObjective(preset, z1, z2, {
      temperature: settings['temperature'] as number,
      tau_plus: settings['tauPlus'] as number,
      beta: settings['beta'] as number,
      thres_outer: settings['ringOuter'] as number,
      thres_inner: settings['ringInner'] as number,
      dynamic_inner: (settings['ringDynamicInner'] ?? true) as boolean,
    });
    const actual = await eagerObjective(preset, z1, z2, scalarsOf(preset, settings, batch));
    expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-5);
    expect(largestDifference(actual.perAnchor, expected.perAnchor)).toBeLessThan(3e-5);
    expect(actual.clampRate).toBeCloseTo(expected.clampRate, 6);
    expect(largestDifference(actual.grad.z1.flat(), expected.grad.z1.flat())).toBeLessThan(1e-5);
    expect(largestDifference(actual.grad.z2.flat(), expected.grad.z2.flat())).toBeLessThan(1e-5);
  });

  it('debiased is hard with beta 0, and simclr is debiased with no class prior', async () => {
    const { z1, z2 } = randomViews({ batch: 6, dimensions: 5, noise: 0.5, seed: 3 });
    const hard = await eagerObjective('hard', z1, z2, { temperature: 0.5, tauPlus: 0.1, beta: 0 });
    const debiased = await eagerObjective('debiased', z1, z2, { temperature: 0.5, tauPlus: 0.1 });
    const unbiased = await eagerObjective('debiased', z1, z2, { temperature: 0.5, tauPlus: 0 });
    const simclr = await eagerObjective('simclr', z1, z2, { temperature: 0.5 });
    expect(largestDifference(hard.perAnchor, debiased.perAnchor)).toBeLessThan(1e-5);
    expect(largestDifference(unbiased.perAnchor, simclr.perAnchor)).toBeLessThan(1e-5);
  });

  it('counts the anchors that it clamps, some of them', async () => {
    const { z1, z2 } = randomViews({ batch: 9, dimensions: 6, noise: 0.8, seed: 7 });
    const scalars = { temperature: 0.5, tauPlus: 0.2 };
    const { clampRate } = await eagerObjective('debiased', z1, z2, scalars);
    expect(clampRate).toBeGreaterThan(0);
    expect(clampRate).toBeLessThan(1);
  });

  it.each([0.02, 0.07])('overflows float32 nowhere at temperature %f, beta 6', async (t) => {
    const { z1, z2 } = randomViews({ batch: 16, dimensions: 3, noise: 0.1, seed: 11 });
    for (const preset of batchPresets) {
      const settings = {
        temperature: t,
        tauPlus: 0.1,
        beta: 6,
        ringInnerRank: 1,
        ringOuterRank: 9,
      };
      const { perAnchor, grad } = await eagerObjective(preset, z1, z2, settings);
      expect(perAnchor.every(Number.isFinite), preset).toBe(true);
      expect([...grad.z1.flat(), ...grad.z2.flat()].every(Number.isFinite), preset).toBe(true);
    }
  });

  it('has a loss that falls along its own gradient', async () => {
    const { z1, z2 } = randomViews({ batch: 5, dimensions: 4, noise: 0.7, seed: 2 });
    const scalars = { temperature: 0.5, tauPlus: 0.1, beta: 1, ringInnerRank: 1, ringOuterRank: 5 };
    for (const preset of batchPresets) {
      const { loss, grad } = await eagerObjective(preset, z1, z2, scalars);
      const stepped = z1.map((row, i) => row.map((value, j) => value - 0.05 * grad.z1[i]![j]!));
      const after = await eagerObjective(preset, stepped, z2, scalars);
      expect(after.loss, preset).toBeLessThan(loss);
    }
  });

  it('gives equal similarities to the ring by lower row', async () => {
    const z1 = [
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ];
    const naive = naiveObjective('ring', z1, z1, {
      temperature: 0.5,
      thres_outer: 0.5,
      thres_inner: 0.4,
      dynamic_inner: true,
    });
    const eager = await eagerObjective('ring', z1, z1, {
      temperature: 0.5,
      ringInnerRank: 1,
      ringOuterRank: 3,
    });
    expect(largestDifference(eager.perAnchor, naive.perAnchor)).toBeLessThan(1e-6);
    expect(largestDifference(eager.grad.z1.flat(), naive.grad.z1.flat())).toBeLessThan(1e-6);
  });
});
