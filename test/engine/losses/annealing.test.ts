import { describe, expect, it } from 'vitest';
import {
  adaptedRing,
  annealedBeta,
  ringOuterAt,
} from '../../../src-main/engine/losses/annealing.ts';
import type { AdaptiveRing } from '../../../src-main/engine/losses/annealing.ts';

const common = { initial: 1, minimum: 0.1 };

describe('annealing of the ring', () => {
  it('stays where it is without a schedule', () => {
    expect(ringOuterAt({ kind: 'none', initial: 0.3 }, 1000)).toBe(0.3);
  });

  it('falls from its start to its end and stays there, whatever the kind', () => {
    const schedules = [
      { kind: 'linear', ...common, annealSteps: 33 },
      { kind: 'step', ...common, annealSteps: 33, level: 0.1 },
      { kind: 'exponential', ...common, annealSteps: 33, decay: 0.1 },
    ] as const;
    for (const schedule of schedules) {
      const values = Array.from({ length: 60 }, (_, step) => ringOuterAt(schedule, step));
      expect(values[0]).toBeCloseTo(1, 12);
      expect(values.every((value, step) => step === 0 || value <= values[step - 1]!)).toBe(true);
      expect(values.slice(33)).toEqual(values.slice(33).map(() => 0.1));
    }
  });

  it('goes to the end at once where there are fewer steps than levels', () => {
    const schedule = { kind: 'step', ...common, annealSteps: 4, level: 0.1 } as const;
    expect(ringOuterAt(schedule, 0)).toBe(0.1);
    expect(ringOuterAt({ kind: 'linear', ...common, annealSteps: 1 }, 0)).toBe(0.1);
  });

  it('truncates to the same ranks as numpy: 0.7000000000000001 of 10, and so 7', () => {
    const schedule = { kind: 'step', ...common, annealSteps: 20, level: 0.1 } as const;
    const ranks = Array.from({ length: 20 }, (_, step) =>
      Math.trunc(ringOuterAt(schedule, step) * 10),
    );
    expect(ranks).toEqual([10, 10, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  });

  it('adapts to the mean of the last measures, within its bounds', () => {
    const rule = { minimum: 0.1, maximum: 1, delta: 0.25, window: 2, lowerIsBetter: true };
    let ring: AdaptiveRing = { outer: 0.8, measures: [] };
    const outers = [5, 4, 3, 4, 9, 9, 9].map((loss) => {
      ring = adaptedRing(ring, loss, rule);
      return ring.outer;
    });
    const expected = [0.8, 0.55, 0.3, 0.55, 0.8, 1, 1];
    for (const [index, outer] of outers.entries()) expect(outer).toBeCloseTo(expected[index]!, 12);
    expect(ring.measures).toEqual([9, 9]);
    const accuracy = { ...rule, lowerIsBetter: false };
    expect(adaptedRing({ outer: 0.2, measures: [50] }, 60, accuracy).outer).toBe(0.1);
    expect(adaptedRing({ outer: 0.2, measures: [50] }, 40, accuracy).outer).toBe(0.45);
  });
});

function levels(beta: number, epochs: number): number[] {
  return Array.from({ length: epochs }, (_, epoch) => annealedBeta(beta, epoch + 1, epochs));
}

describe('the annealing of β', () => {
  it('falls from β to 0 in nine levels, first at the second tick', () => {
    // int(18 / 9) = 2: ticks at epochs 2, 4, …, 18.
    expect(levels(2, 18)).toEqual([
      2, 2, 2, 1.75, 1.75, 1.5, 1.5, 1.25, 1.25, 1, 1, 0.75, 0.75, 0.5, 0.5, 0.25, 0.25, 0,
    ]);
  });

  it('stays at 0 where there are more ticks than levels, and needs no nine epochs', () => {
    expect(levels(1, 11).slice(8)).toEqual([0, 0, 0]);
    expect(levels(1, 3)).toEqual([1, 0.875, 0.75]);
  });
});
