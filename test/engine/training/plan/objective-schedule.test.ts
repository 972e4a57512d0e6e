import { describe, expect, it } from 'vitest';
import { ObjectiveSchedule } from '../../../../src-main/engine/training/plan/objective-schedule.ts';
import { planTraining } from '../../../../src-main/engine/training/plan/training-plan.ts';
import type { TrainingPlan } from '../../../../src-main/engine/training/plan/training-plan.ts';
import { smallTraining } from '../job-contexts.ts';

const stepsPerEpoch = 5;

function plan(settings: Record<string, number | string>, objective = 'moco-ring'): TrainingPlan {
  const input = { ...smallTraining, objective, epochs: 9, batch: 10 };
  const queue: Record<string, number> = objective === 'moco-ring' ? { queueSize: 1000 } : {};
  return planTraining({ ...input, settings: { ...queue, ...settings } }, 5000);
}

function outerRanks(settings: Record<string, number | string>, steps: number): number[] {
  const schedule = new ObjectiveSchedule(plan(settings), {}, stepsPerEpoch);
  return Array.from(
    { length: steps },
    (_, index) => schedule.scalarsAt(index + 1)['ringOuterRank']!,
  );
}

describe('the objective over a training', () => {
  it('leaves the ring unchanged where nothing anneals it', () => {
    expect(new Set(outerRanks({}, 45))).toEqual(new Set([100]));
  });

  it('anneals the outer cut from all negatives to its value, in the epochs given', () => {
    const linear = outerRanks({ ringAnneal: 'linear', ringAnnealEpochs: 4 }, 45);
    expect(linear.slice(0, 3)).toEqual([1000, 952, 905]);
    expect(linear.slice(19)).toEqual(Array.from({ length: 26 }, () => 100));
    const step = outerRanks({ ringAnneal: 'step', ringAnnealEpochs: 4 }, 45);
    expect(step.slice(0, 6)).toEqual([1000, 1000, 900, 900, 800, 800]);
    const exponential = outerRanks({ ringAnneal: 'exponential', ringAnnealEpochs: 4 }, 45);
    expect(exponential.slice(0, 2)).toEqual([1000, 914]);
    expect(exponential[44]).toBe(100);
  });

  it('takes no more epochs to anneal than there are', () => {
    expect(outerRanks({ ringAnneal: 'linear', ringAnnealEpochs: 100 }, 45)[44]).toBe(100);
  });

  it('follows the loss, and goes on from a checkpoint as if never stopped', () => {
    const adaptive = plan({ ringAnneal: 'adaptive' });
    const losses = Array.from({ length: 30 }, (_, index) => 5 - index / 10 + Math.sin(index));
    const outer = (schedule: ObjectiveSchedule, step: number): number =>
      schedule.scalarsAt(step)['ringOuterRank']!;
    let schedule = new ObjectiveSchedule(adaptive, {}, stepsPerEpoch);
    expect(outer(schedule, 1)).toBe(1000);
    for (const loss of losses.slice(0, 15)) schedule.record(loss);
    schedule = new ObjectiveSchedule(adaptive, schedule.state(), stepsPerEpoch);
    const resumed = new ObjectiveSchedule(adaptive, schedule.state(), stepsPerEpoch);
    for (const [index, loss] of losses.slice(15).entries()) {
      expect(outer(resumed, 16 + index)).toBe(outer(schedule, 16 + index));
      schedule.record(loss);
      resumed.record(loss);
    }
    expect(outer(schedule, 31)).toBeLessThan(1000);
    for (let step = 0; step < 200; step += 1) schedule.record(-step);
    expect(outer(schedule, 231)).toBe(100);
  });

  it('lowers β by epoch', () => {
    const hard = plan({ betaAnneal: 'down', beta: 2 }, 'hard');
    const schedule = new ObjectiveSchedule(hard, {}, stepsPerEpoch);
    const beta = (epoch: number) => schedule.scalarsAt((epoch - 1) * stepsPerEpoch + 1)['beta'];
    expect([beta(1), beta(2), beta(5), beta(9)]).toEqual([2, 1.75, 1, 0]);
    expect(new ObjectiveSchedule(plan({ beta: 2 }, 'hard'), {}, 5).scalarsAt(40)['beta']).toBe(2);
  });
});
