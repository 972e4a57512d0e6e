import { describe, expect, it } from 'vitest';
import type { OptimisationChoice } from '../../../../src-main/contract/optimisation.ts';
import { narrowPlan, narrowStart, trainNarrow } from '../narrow-training.ts';

describe('three whole training steps on the cpu are those of tfjs to 1e-4', () => {
  it.each<[string, OptimisationChoice]>([
    ['Adam', { optimiser: 'adam', decayExclusion: true }],
    ['SGD', { optimiser: 'sgd', nesterov: true, schedule: 'cosine' }],
    ['LARS', { optimiser: 'lars', learningRate: 1 }],
  ])('%s', async (_name, choice) => {
    const plan = narrowPlan({ ...choice, epochs: 1 });
    const start = narrowStart(plan, 3);
    const [traced, eager] = await Promise.all(
      (['cpu', 'tfjs-cpu'] as const).map((device) => trainNarrow(plan, start, 1, device)),
    );
    expect(traced!.losses).toHaveLength(3);
    for (const [step, loss] of eager!.losses.entries()) {
      expect(Math.abs(loss - traced!.losses[step]!)).toBeLessThan(1e-4);
    }
    for (const name of ['weights', 'statistics', ...plan.step.optimiser.slotNames]) {
      const wanted = [...eager!.state.arrays[name]!];
      const found = traced!.state.arrays[name]!;
      expect(
        wanted.some((value, index) => value !== start.arrays[name]![index]),
        name,
      ).toBe(true);
      // Adam moves a weight by the sign of a tiny gradient, which rounding can turn over.
      const far = wanted.filter((value, index) => Math.abs(value - found[index]!) > 1e-4);
      expect(far.length / wanted.length, name).toBeLessThan(1e-3);
    }
  });
});
