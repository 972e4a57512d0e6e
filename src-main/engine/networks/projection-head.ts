import * as tf from '@tensorflow/tfjs';
import type { StatisticUpdates } from './batch-norm.ts';
import { batchNorm, batchNormSpecs } from './batch-norm.ts';
import { linear, linearSpecs } from './linear.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** The MLP from h to z. With `hasNorm` its hidden layer has batch norm instead of a bias (HCL, DCL). */
export interface HeadPlan {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly hasNorm: boolean;
}

/** The weights of a projection head. */
export function headSpecs(plan: HeadPlan): WeightSpec[] {
  return [
    ...linearSpecs('head.hidden', plan.inputs, plan.hidden, !plan.hasNorm),
    ...(plan.hasNorm ? batchNormSpecs('head.bn', plan.hidden) : []),
    ...linearSpecs('head.out', plan.hidden, plan.outputs, true),
  ];
}

/** Projected z [n, plan.outputs] of features h [n, plan.inputs], not normalised. */
export function projected(
  plan: HeadPlan,
  features: tf.Tensor2D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor2D {
  const hidden = linear(features, 'head.hidden', weights);
  const normed = plan.hasNorm ? batchNorm(hidden, 'head.bn', weights, updates) : hidden;
  return linear(tf.relu(normed), 'head.out', weights);
}
