import * as tf from '@tensorflow/tfjs';
import type { TrainableEncoder, TrainedEncoder } from '../../contract/runs.ts';
import type { StatisticUpdates } from './batch-norm.ts';
import { labChannels } from './lab.ts';
import type { HeadPlan } from './projection-head.ts';
import { headSpecs, projected } from './projection-head.ts';
import type { ResnetPlan } from './resnet.ts';
import { resnet18, resnet8, resnetFeatures, resnetSpecs } from './resnet.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** An encoder that can be trained, with its projection head. */
export interface EncoderPlan {
  readonly name: TrainedEncoder;
  readonly body: ResnetPlan;
  readonly head: HeadPlan;
  readonly specs: readonly WeightSpec[];
  /** Whether body and head are there twice, for lightness and for colour (CMC); see `labSides`. */
  readonly isLab?: boolean;
}

/** What an encoder gives: h and z, neither normalised. */
export interface Encoded {
  readonly features: tf.Tensor2D;
  readonly projected: tf.Tensor2D;
}

/** The two views of a picture of L, a and b: which channels they are, and how their weights' names begin. */
const labSides = [
  { prefix: 'l.', channels: 1 },
  { prefix: 'ab.', channels: 2 },
] as const;

function plan(name: TrainedEncoder, body: ResnetPlan, head: HeadPlan): EncoderPlan {
  return { name, body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}

/**
 * Two encoders like the given one side by side (CMC, Tian et al. 2020), one of lightness and one of
 * the two colour channels; h and z hold what the first gives, then what the second gives.
 */
export function labEncoder(name: TrainedEncoder, { body, head }: EncoderPlan): EncoderPlan {
  const specs = labSides.flatMap(({ prefix, channels }) =>
    [...resnetSpecs(body, channels), ...headSpecs(head)].map((spec) => ({
      ...spec,
      name: prefix + spec.name,
    })),
  );
  return { name, body, head, specs, isLab: true };
}

/** Every encoder that `train` offers. Head of resnet18: HCL and DCL (2048-512-BN-ReLU-128) at its width. */
export const trainableEncoders: Readonly<Record<TrainableEncoder, EncoderPlan>> = {
  resnet8: plan('resnet8', resnet8, { inputs: 128, hidden: 128, outputs: 64, hasNorm: false }),
  resnet18: plan('resnet18', resnet18, { inputs: 512, hidden: 512, outputs: 128, hasNorm: true }),
};

/** Every encoder that a trained run can have. */
export const trainedEncoders: Readonly<Record<TrainedEncoder, EncoderPlan>> = {
  ...trainableEncoders,
  'resnet8-lab': labEncoder('resnet8-lab', trainableEncoders.resnet8),
  'resnet18-lab': labEncoder('resnet18-lab', trainableEncoders.resnet18),
};

/** Length of h. */
export function featureLength({ head, isLab = false }: EncoderPlan): number {
  return head.inputs * (isLab ? labSides.length : 1);
}

/** Length of z. */
export function projectedLength({ head, isLab = false }: EncoderPlan): number {
  return head.outputs * (isLab ? labSides.length : 1);
}

/** h and z of normalised pictures [n, side, side, 3]; training mode when `updates` is given. */
export function encode(
  encoder: EncoderPlan,
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  if (!encoder.isLab) return encodeOne(encoder, images, weights, updates);
  // What `normaliseColours` does to pixels of 0 to 1, undone.
  const lab = labChannels(tf.add(tf.div(images, 4), 0.5));
  const channels = labSides.map((side) => side.channels);
  const views = tf.split<tf.Tensor4D>(lab, channels, 3);
  const sides = labSides.map(({ prefix }, at) => {
    const own: StatisticUpdates = {};
    const view = views[at] as tf.Tensor4D;
    const encoded = encodeOne(encoder, view, ofSide(prefix, weights), updates && own);
    if (updates) addUpdates(updates, prefix, own);
    return encoded;
  });
  return {
    features: tf.concat(
      sides.map(({ features }) => features),
      1,
    ),
    projected: tf.concat(
      sides.map((side) => side.projected),
      1,
    ),
  };
}

function encodeOne(
  { body, head }: EncoderPlan,
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  const features = resnetFeatures(body, images, weights, updates);
  return { features, projected: projected(head, features, weights, updates) };
}

/** The weights of one side by the names that they have in a single encoder. */
function ofSide(prefix: string, weights: Weights): Weights {
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(prefix.length), weight]));
}

function addUpdates(updates: StatisticUpdates, prefix: string, own: StatisticUpdates): void {
  for (const [name, statistic] of Object.entries(own)) updates[prefix + name] = statistic;
}
