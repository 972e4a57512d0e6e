import { describe, expect, it } from 'vitest';
import type { OptimisationChoice } from '../../../src-main/contract/optimisation.ts';
import { decodeState, encodeState } from '../../../src-main/engine/training/plan/training-state.ts';
import { narrowPlan, narrowStart, trainNarrow } from './narrow-training.ts';

describe('a training that goes on from a checkpoint', () => {
  it.each<[string, OptimisationChoice]>([
    ['SGD along a cosine', { recipe: 'sgd-cosine' }],
    ['SGD in steps', { recipe: 'sgd', milestones: [0.3, 0.75] }],
    ['LARS after a warm-up', { recipe: 'lars', learningRate: 1, warmupEpochs: 3 }],
    ['Adam along a cosine', { recipe: 'adam', schedule: 'cosine' }],
  ])('ends at the same weights bit for bit: %s', async (_name, choice) => {
    const plan = narrowPlan({ ...choice, epochs: 4 });
    const start = narrowStart(plan, 2);
    const whole = await trainNarrow(plan, start, 4, 'cpu');
    const half = await trainNarrow(plan, start, 2, 'cpu');
    const resumed = decodeState(plan.encoder, encodeState(plan.encoder, half.state));
    const rest = await trainNarrow(plan, resumed, 2, 'cpu');
    expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
    expect(rest.state).toEqual(whole.state);
  });

  it('depends on the schedule: a constant rate ends elsewhere', async () => {
    const ends = ['constant', 'cosine'] as const;
    const [constant, cosine] = await Promise.all(
      ends.map((schedule) => {
        const plan = narrowPlan({ recipe: 'sgd-cosine', schedule, epochs: 2 });
        return trainNarrow(plan, narrowStart(plan, 2), 2, 'cpu');
      }),
    );
    expect(constant!.losses[0]).toBe(cosine!.losses[0]);
    expect(constant!.state.arrays['weights']).not.toEqual(cosine!.state.arrays['weights']);
  });
});
