import { describe, expect, it } from 'vitest';
import type { RunHistory } from '../../../../../src-main/contract/runs.ts';
import {
  curveMetric,
  curveOf,
  recordedMetrics,
} from '../../../../../src-renderer/pages/compare/runs/run-curves.ts';

const history: RunHistory = {
  steps: Uint32Array.of(1, 2, 3, 4),
  epochs: Float32Array.of(0.5, 1, 1.5, 2),
  seconds: Float32Array.of(3, 5, 8, 13),
  losses: Float32Array.of(4, 4, 4, 4),
  clampRates: new Float32Array(4),
  epochMetrics: [
    { epoch: 1, name: 'knn', value: 0.25 },
    { epoch: 2, name: 'knn', value: 0.5 },
    { epoch: 2, name: 'linear', value: 0.5 },
  ],
};

describe('curves of runs', () => {
  it.each([
    ['epoch', [1, 2]],
    ['step', [2, 4]],
    ['time', [5, 13]],
  ] as const)('put an epoch where it ended, over %s', (axis, xs) => {
    const curve = curveOf(history, 'knn', axis)!;
    expect([...curve.xs]).toEqual(xs);
    expect([...curve.ys]).toEqual([0.25, 0.5]);
  });

  it('draw the loss by step, its average as it is where it does not change', () => {
    const curve = curveOf(history, 'loss', 'time')!;
    expect([...curve.xs]).toEqual([3, 5, 8, 13]);
    for (const loss of curve.ys) expect(loss).toBeCloseTo(4, 5);
  });

  it('are smoother of more than 40 steps', () => {
    // A loss of 0 that ends with one step of 1: the average ends at about 1 - decay.
    const lastOf = (count: number): number => {
      const steps = Uint32Array.from({ length: count }, (_, step) => step + 1);
      const losses = Float32Array.from(steps, (step) => (step === count ? 1 : 0));
      return curveOf({ ...history, steps, losses }, 'loss', 'step')!.ys.at(-1)!;
    };
    expect(lastOf(40)).toBeCloseTo(0.4, 3);
    expect(lastOf(41)).toBeCloseTo(0.06 / (1 - 0.94 ** 41), 5);
  });

  it('are none where nothing was recorded, or nobody took the time', () => {
    expect(curveOf(history, 'clampRate', 'epoch')).toBeNull();
    expect(curveOf({ ...history, seconds: new Float32Array(4) }, 'loss', 'time')).toBeNull();
    const withoutSteps = { steps: new Uint32Array(), epochs: new Float32Array() };
    const rest = { seconds: new Float32Array(), losses: new Float32Array() };
    const imported = { ...history, ...withoutSteps, ...rest };
    expect(curveOf(imported, 'knn', 'step')).toBeNull();
    expect(curveOf(imported, 'loss', 'epoch')).toBeNull();
    expect([...curveOf(imported, 'knn', 'epoch')!.ys]).toEqual([0.25, 0.5]);
  });

  it('are offered for what was recorded of more than one epoch', () => {
    expect(recordedMetrics([history])).toEqual(['loss', 'knn']);
    expect(recordedMetrics([])).toEqual([]);
  });
});

describe('what is followed over a training', () => {
  it('has a name and numbers as they are read', () => {
    expect(curveMetric('knn').title).toBe('kNN accuracy');
    expect(curveMetric('knn').format(0.4406)).toBe('44.1\u00a0%');
    expect(curveMetric('loss').format(2.34567)).toBe('2.346');
    // What nobody has heard of goes by its own name.
    expect(curveMetric('gradientNorm').title).toBe('gradientNorm');
    expect(curveMetric('gradientNorm').format(0.5)).toBe('0.5');
  });

  it('is offered in the order of the form, what is new last', () => {
    const twice = ['zeta', 'alignment', 'knn'].flatMap((name) => [
      { epoch: 1, name, value: 1 },
      { epoch: 2, name, value: 2 },
    ]);
    const recorded = { ...history, epochMetrics: twice };
    expect(recordedMetrics([recorded])).toEqual(['loss', 'knn', 'alignment', 'zeta']);
  });
});
