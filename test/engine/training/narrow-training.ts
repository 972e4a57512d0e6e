import { compileProgram } from '../../../src-main/engine/graph/compile-program.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';
import { pictureViews } from '../../../src-main/engine/training/step/step-views.ts';
import { trainEpoch } from '../../../src-main/engine/training/trainer.ts';
import { labEncoder } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { planTraining } from '../../../src-main/engine/training/plan/training-plan.ts';
import type { TrainingPlan } from '../../../src-main/engine/training/plan/training-plan.ts';
import { createOptimiser } from '../../../src-main/engine/training/optimisers/optimisers.ts';
import { createSource } from '../../../src-main/engine/training/sources/create-source.ts';
import { trainStepSpec } from '../../../src-main/engine/training/step/train-step.ts';
import { startTraining } from '../../../src-main/engine/training/plan/training-state.ts';
import type { TrainingState } from '../../../src-main/engine/training/plan/training-state.ts';
import type { TrainInput } from '../../../src-main/contract/runs.ts';
import { narrowResnet } from '../graph/narrow-resnet.ts';
import { smallTraining } from './job-contexts.ts';
import { squareSources } from '../../fixtures/square-sources.ts';

const [batch, size] = [3, 8];

/**
 * A plan for a net and pictures so small that an epoch takes no time; `pictures` is how many they
 * are, where the objective's source asks.
 */
export function narrowPlan(change: Partial<TrainInput>, pictures = Infinity): TrainingPlan {
  // One augmentation for all, so that every objective is tried on the same views.
  const augmentation = 'simclr' as const;
  const input = { ...smallTraining, augmentation, batch, size: 16, ledgerSize: 0, ...change };
  const plan = planTraining(input, pictures);
  const narrow = narrowResnet();
  const encoder = plan.encoder.isLab ? labEncoder(plan.encoder.name, narrow) : narrow;
  const optimiser = createOptimiser(plan.optimisation, encoder.specs);
  const source = createSource(plan.objective, {
    ...{ encoder, batch, pictures },
    sharesColumns: input.ledgerSize > 0,
  });
  return { ...plan, encoder, step: { ...plan.step, encoder, source, size, optimiser } };
}

/** The state before the first of `steps` steps an epoch. */
export function narrowStart(plan: TrainingPlan, steps: number): TrainingState {
  const ids = Uint32Array.from({ length: steps * batch }, (_, id) => id + 1);
  return startTraining(plan.step, 4, ids);
}

function picture(id: number, side: number): number[] {
  const random = seedRandom(id);
  return Array.from({ length: side * side * 3 }, () => random.index(256));
}

/** Trains whole epochs on made pictures and gives the state after them and every step's loss. */
export async function trainNarrow(
  plan: TrainingPlan,
  begun: TrainingState,
  epochs: number,
  device: string,
): Promise<{ state: TrainingState; losses: number[] }> {
  const program = await compileProgram(trainStepSpec(plan.step), device, { threads: 1 });
  const losses: number[] = [];
  let state = begun;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    state = await trainEpoch(plan, state, {
      program,
      views: pictureViews(
        plan.step,
        squareSources((ids) =>
          Uint8Array.from([...ids].flatMap((id) => picture(id, plan.step.size))),
        ),
      ),
      now: () => 0,
      yieldToEvents: () => Promise.resolve(),
      onStep: ({ loss }) => losses.push(loss),
      ledger: null,
    });
  }
  await program.dispose();
  return { state, losses };
}
