import type { TrainInput } from '../../contract/runs.ts';
import type { Library } from '../store/library-file.ts';
import { createRun, freeRunName, listRuns } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import type { TrainingPlan } from './training-plan.ts';

/**
 * The run that a job makes: a new row, or the one it made before it was killed.
 * @throws EngineError bad-argument when the name is taken
 */
export function runOfJob(
  library: Library,
  job: number,
  input: TrainInput,
  plan: TrainingPlan,
): Run {
  const known = listRuns(library).find((run) => run.settings['job'] === job);
  if (known) return known;
  const { augmentation, epochs, batch, size, learningRate, seed } = input;
  return createRun(library, {
    name: input.name ?? freeRunName(library, plan.preset),
    kind: 'trained',
    encoder: plan.encoder.name,
    objective: plan.preset,
    settings: { ...plan.settings, augmentation, epochs, batch, size, learningRate, seed, job },
    state: 'training',
  });
}
