import { trainInput } from '../../contract/runs.ts';
import { tunedStarterBase } from '../encoders/tuned/tuned-base.ts';
import type { ProgramSpec } from '../graph/program.ts';
import { planTraining } from '../training/plan/training-plan.ts';
import { trainStepSpec } from '../training/step/train-step.ts';

/** The training steps whose operators are placed, by what they train. */
export const placedSteps: readonly string[] = ['resnet8', 'starter'];

/** Which operators there are does not depend on these; small ones are quick. */
const [batch, size] = [8, 32];

/**
 * The step of a small training by the usual objective: of `resnet8`, or the fine-tuning of the starter encoder.
 * @throws EngineError not-found if the starter encoder's files cannot be read
 */
export async function placedStep(name: string, modelFolder: string): Promise<ProgramSpec> {
  const input = { batch, size };
  if (name !== 'starter') {
    return trainStepSpec(planTraining(trainInput.parse({ ...input, encoder: name })).step);
  }
  const tuned = await tunedStarterBase(modelFolder);
  const tuning = trainInput.parse({ ...input, encoder: 'finetune', on: 'starter' });
  return trainStepSpec(planTraining(tuning, undefined, null, tuned).step);
}
