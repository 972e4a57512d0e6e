import type * as tf from '@tensorflow/tfjs';
import type { TrainableEncoder } from '../../contract/runs.ts';
import type { StatisticUpdates } from './batch-norm.ts';
import type { HeadPlan } from './projection-head.ts';
import { headSpecs, projected } from './projection-head.ts';
import type { ResnetPlan } from './resnet.ts';
import { resnet18, resnet8, resnetFeatures, resnetSpecs } from './resnet.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** An encoder that can be trained, with its projection head. */
export interface EncoderPlan {
  readonly name: TrainableEncoder;
  readonly body: ResnetPlan;
  readonly head: HeadPlan;
  readonly specs: readonly WeightSpec[];
}

function plan(name: TrainableEncoder, body: ResnetPlan, head: HeadPlan): EncoderPlan {
  return { name, body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}

/** Every encoder that `train` offers. Head of resnet18: HCL and DCL (2048-512-BN-ReLU-128) at its width. */
export const trainableEncoders: Readonly<Record<TrainableEncoder, EncoderPlan>> = {
  resnet8: plan('resnet8', resnet8, { inputs: 128, hidden: 128, outputs: 64, hasNorm: false }),
  resnet18: plan('resnet18', resnet18, { inputs: 512, hidden: 512, outputs: 128, hasNorm: true }),
};

/** h and z of normalised pictures [n, side, side, 3]; training mode when `updates` is given. */
export function encode(
  encoder: EncoderPlan,
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): { features: tf.Tensor2D; projected: tf.Tensor2D } {
  const features = resnetFeatures(encoder.body, images, weights, updates);
  return { features, projected: projected(encoder.head, features, weights, updates) };
}
