import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../../src-main/engine/compute/compile-program.ts';
import { planTraining } from '../../../../src-main/engine/training/training-plan.ts';
import { startTraining } from '../../../../src-main/engine/training/training-state.ts';
import type { TrainingState } from '../../../../src-main/engine/training/training-state.ts';
import type { TrainingPlan } from '../../../../src-main/engine/training/training-plan.ts';
import { adam } from '../../../../src-main/engine/training/optimisers/adam.ts';
import { lars } from '../../../../src-main/engine/training/optimisers/lars.ts';
import type { Optimiser } from '../../../../src-main/engine/training/optimisers/optimiser.ts';
import { sgd } from '../../../../src-main/engine/training/optimisers/sgd.ts';
import { weightSegments } from '../../../../src-main/engine/training/optimisers/weight-decay.ts';
import { seedRandom } from '../../../../src-main/engine/training/random.ts';
import { trainEpoch } from '../../../../src-main/engine/training/trainer.ts';
import { trainStepSpec } from '../../../../src-main/engine/training/train-step.ts';
import { narrowResnet } from '../../compute/narrow-resnet.ts';
import { smallTraining } from '../job-contexts.ts';

const [batch, size, steps] = [3, 8, 3];

function planWith(optimiser: Optimiser, learningRate: number): TrainingPlan {
  const plan = planTraining({ ...smallTraining, batch, size: 16, learningRate });
  const encoder = narrowResnet();
  return { ...plan, encoder, step: { ...plan.step, encoder, size, optimiser } };
}

function readPixels(ids: Uint32Array): Uint8Array {
  return Uint8Array.from([...ids].flatMap((id) => picture(id)));
}

function picture(id: number): number[] {
  const random = seedRandom(id);
  return Array.from({ length: size * size * 3 }, () => random.index(256));
}

async function trained(
  plan: TrainingPlan,
  device: string,
): Promise<{ state: TrainingState; losses: number[] }> {
  const program = await compileProgram(trainStepSpec(plan.step), device, { threads: 1 });
  const losses: number[] = [];
  const ids = Uint32Array.from({ length: steps * batch }, (_, id) => id + 1);
  const state = await trainEpoch(plan, startTraining(plan.step, 4, ids), {
    program,
    readPixels,
    now: () => 0,
    breathe: () => Promise.resolve(),
    onStep: ({ loss }) => losses.push(loss),
  });
  await program.dispose();
  return { state, losses };
}

const { specs } = narrowResnet();
const segments = weightSegments(specs);
const decay = { rate: 1e-4, excluding: segments };
const momentum = { momentum: 0.9, nesterov: false };

describe('three whole training steps on the cpu are those of tfjs to 1e-4', () => {
  it.each<[string, Optimiser, number]>([
    ['Adam', adam(decay), 1e-3],
    ['SGD', sgd({ momentum: 0.9, nesterov: true }, decay), 0.03],
    ['LARS', lars(momentum, decay, segments), 1],
  ])('%s', async (_name, optimiser, learningRate) => {
    const plan = planWith(optimiser, learningRate);
    const [traced, eager] = await Promise.all([trained(plan, 'cpu'), trained(plan, 'tfjs-cpu')]);
    expect(traced.losses).toHaveLength(steps);
    for (const [step, loss] of eager.losses.entries()) {
      expect(Math.abs(loss - traced.losses[step]!)).toBeLessThan(1e-4);
    }
    for (const name of ['weights', 'statistics', ...optimiser.slotNames]) {
      const wanted = [...eager.state.arrays[name]!];
      const found = traced.state.arrays[name]!;
      // Adam moves a weight by the sign of a tiny gradient, which rounding can turn over.
      const far = wanted.filter((value, at) => Math.abs(value - found[at]!) > 1e-4);
      expect(far.length / wanted.length, name).toBeLessThan(1e-3);
    }
  });
});
