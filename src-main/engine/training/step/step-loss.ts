import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import type { LossOutput, LossScalars } from '../../losses/loss.ts';
import { withVerdicts } from './judged-step.ts';
import type { SourceStep } from '../sources/training-source.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

/** What the loss of one step is made of besides the views' vectors. */
interface StepLossInputs {
  readonly step: SourceStep;
  readonly scalars: LossScalars;
  /** An input of the graph by name. */
  readonly input: (name: string) => tf.Tensor;
}

export interface StepLoss {
  readonly output: LossOutput;
  /** As the ledger records them: synthetic negatives are one column. */
  readonly candidates: Candidates;
}

/**
 * The loss of the views' unit rows z, [V, d]: the source's candidates, verdicts in their masks,
 * negatives made of them, and the objective's loss; runs inside the gradient.
 */
export function stepLoss(
  plan: Pick<TrainStepPlan, 'source' | 'loss' | 'verdicts'>,
  { step, scalars, input }: StepLossInputs,
  z: tf.Tensor2D,
): StepLoss {
  const { lossFactor = 1 } = plan.source;
  const real = withVerdicts(plan, step.candidates(z), input);
  const all = step.synthesis ? step.synthesis.added(real, z) : real;
  const output = plan.loss.of(all, scalars);
  const loss = lossFactor === 1 ? output.loss : tf.mul<tf.Scalar>(output.loss, lossFactor);
  return {
    output: { ...output, loss },
    candidates: step.synthesis ? step.synthesis.gathered(all) : all,
  };
}
