import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import type { LossOutput, LossScalars } from '../../losses/loss.ts';
import { withKnownPairs } from './judged-step.ts';
import type { SourceStep } from '../sources/training-source.ts';
import type { TrainStepPlan } from './train-step-plan.ts';

/** What the loss of one step takes in addition to the views' vectors. */
interface StepLossInputs {
  readonly step: SourceStep;
  readonly scalars: LossScalars;
  /** An input of the graph by name. */
  readonly input: (name: string) => tf.Tensor;
}

/** The loss of one step, and the candidates that it compared. */
export interface StepLoss {
  readonly output: LossOutput;
  /** The candidates as the ledger records them: all synthetic negatives are one column. */
  readonly candidates: Candidates;
}

/**
 * The loss of the views' unit rows z, [V, d], of the rows `projected`: takes the source's candidates,
 * applies verdicts and labels to their masks, adds synthetic negatives, and computes the objective's loss. Runs
 * inside the gradient.
 */
export function stepLoss(
  plan: Pick<TrainStepPlan, 'source' | 'loss' | 'verdicts' | 'labels' | 'givenSlots'>,
  { step, scalars, input }: StepLossInputs,
  z: tf.Tensor2D,
  projected: tf.Tensor2D,
): StepLoss {
  const { lossFactor = 1 } = plan.source;
  const real = withKnownPairs(plan, step.candidates(z), input);
  const all = step.synthesis ? step.synthesis.added(real, z) : real;
  const output = plan.loss.of({ ...all, projected }, scalars);
  const loss = lossFactor === 1 ? output.loss : tf.mul<tf.Scalar>(output.loss, lossFactor);
  return {
    output: { ...output, loss },
    candidates: step.synthesis ? step.synthesis.gathered(all) : all,
  };
}
