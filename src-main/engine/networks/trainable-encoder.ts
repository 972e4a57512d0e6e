import * as tf from '@tensorflow/tfjs';
import type {
  FeatureEncoder,
  PictureEncoder,
  TrainedEncoder,
  TrainedPictureEncoder,
} from '../../contract/runs.ts';
import type { StatisticUpdates } from './batch-norm.ts';
import { frozenFeatures, frozenSpecs, frozenWidth } from './frozen-body.ts';
import type { FrozenBody } from './frozen-body.ts';
import { labChannels } from './lab.ts';
import type { HeadPlan } from './projection-head.ts';
import { headSpecs, projected } from './projection-head.ts';
import type { ResnetPlan } from './resnet.ts';
import { resnet18, resnet8, resnetFeatures, resnetSpecs } from './resnet.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** An encoder that can be trained, with its projection head. */
export interface EncoderPlan {
  readonly name: TrainedEncoder;
  /** What gives h: a network that sees pictures, or one that is given the frozen features of another encoder. */
  readonly body: ResnetPlan | FrozenBody;
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

/** The two inputs that CMC makes of the channels L, a and b: which channels they are, and how their weights' names begin. */
const labSides = [
  { prefix: 'l.', channels: 1 },
  { prefix: 'ab.', channels: 2 },
] as const;

/** The frozen features that an encoder takes; null where it takes pictures. */
export function frozenBodyOf({ body }: Pick<EncoderPlan, 'body'>): FrozenBody | null {
  return 'inputs' in body ? body : null;
}

function plan(name: TrainedEncoder, body: ResnetPlan, head: HeadPlan): EncoderPlan {
  return { name, body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}

/**
 * Two encoders like the given one side by side (CMC, Tian et al. 2020), one of lightness and one of
 * the two colour channels; h and z hold what the first gives, then what the second gives.
 */
export function labEncoder(name: TrainedEncoder, { body, head }: EncoderPlan): EncoderPlan {
  if ('inputs' in body) throw new Error('Frozen features have no lightness and colour apart.');
  const specs = labSides.flatMap(({ prefix, channels }) =>
    [...resnetSpecs(body, channels), ...headSpecs(head)].map((spec) => ({
      ...spec,
      name: prefix + spec.name,
    })),
  );
  return { name, body, head, specs, isLab: true };
}

/** Every network of pictures that `train` offers. Head of resnet18: HCL and DCL (2048-512-BN-ReLU-128) at its width. */
export const trainableEncoders: Readonly<Record<PictureEncoder, EncoderPlan>> = {
  resnet8: plan('resnet8', resnet8, { inputs: 128, hidden: 128, outputs: 64, hasNorm: false }),
  resnet18: plan('resnet18', resnet18, { inputs: 512, hidden: 512, outputs: 128, hasNorm: true }),
};

/** Every network of pictures that a trained run can have. */
export const trainedEncoders: Readonly<Record<TrainedPictureEncoder, EncoderPlan>> = {
  ...trainableEncoders,
  'resnet8-lab': labEncoder('resnet8-lab', trainableEncoders.resnet8),
  'resnet18-lab': labEncoder('resnet18-lab', trainableEncoders.resnet18),
};

/** The frozen features that a head is trained on. */
export interface FrozenInput {
  readonly dimensions: number;
  /** Length that they are whitened to; null for no whitening. */
  readonly whitened: number | null;
}

/** The hidden layer of a head on frozen features, and z: as HCL and DCL have them. */
const [frozenHidden, frozenOutputs] = [512, 128];
/** How much narrower an adapter's hidden layer is than its input (CLIP-Adapter, Gao et al. 2021). */
const adapterReduction = 4;

/** The plan of a head, or of an adapter and a head, on frozen features. */
export function featureEncoderPlan(
  name: FeatureEncoder,
  { dimensions, whitened }: FrozenInput,
): EncoderPlan {
  const width = whitened ?? dimensions;
  const bottleneck = name === 'adapter' ? Math.max(8, Math.ceil(width / adapterReduction)) : null;
  const body = { inputs: dimensions, whitened, bottleneck };
  const head = { inputs: width, hidden: frozenHidden, outputs: frozenOutputs, hasNorm: true };
  return { name, body, head, specs: [...frozenSpecs(body), ...headSpecs(head)] };
}

/** Length of h; of a bare head on frozen features it is the head's own output. */
export function featureLength({ body, head, isLab = false }: EncoderPlan): number {
  if ('inputs' in body) return body.bottleneck === null ? head.outputs : frozenWidth(body);
  return head.inputs * (isLab ? labSides.length : 1);
}

/** Length of z. */
export function projectedLength({ head, isLab = false }: EncoderPlan): number {
  return head.outputs * (isLab ? labSides.length : 1);
}

/**
 * h and z of normalised pictures [n, side, side, 3], or of frozen features [n, inputs]; training mode
 * when `updates` is given.
 */
export function encode(
  encoder: EncoderPlan,
  inputs: tf.Tensor,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  const frozen = frozenBodyOf(encoder);
  if (frozen) return encodeFrozen(encoder.head, frozen, inputs as tf.Tensor2D, weights, updates);
  const images = inputs as tf.Tensor4D;
  if (!encoder.isLab) return encodeOne(encoder, images, weights, updates);
  // What `normaliseColours` does to pixels of 0 to 1, undone.
  const lab = labChannels(tf.add(tf.div(images, 4), 0.5));
  const channels = labSides.map((side) => side.channels);
  const planes = tf.split<tf.Tensor4D>(lab, channels, 3);
  const sides = labSides.map(({ prefix }, at) => {
    const own: StatisticUpdates = {};
    const plane = planes[at] as tf.Tensor4D;
    const encoded = encodeOne(encoder, plane, ofSide(prefix, weights), updates && own);
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
  if ('inputs' in body) throw new Error('Frozen features are no pictures.');
  const features = resnetFeatures(body, images, weights, updates);
  return { features, projected: projected(head, features, weights, updates) };
}

/** A bare head has no layer before it that is trained: its output is h as well as z. */
function encodeFrozen(
  head: HeadPlan,
  body: FrozenBody,
  rows: tf.Tensor2D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  const features = frozenFeatures(body, rows, weights, updates);
  const z = projected(head, features, weights, updates);
  return { features: body.bottleneck === null ? z : features, projected: z };
}

/** The weights of one side by the names that they have in a single encoder. */
function ofSide(prefix: string, weights: Weights): Weights {
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(prefix.length), weight]));
}

function addUpdates(updates: StatisticUpdates, prefix: string, own: StatisticUpdates): void {
  for (const [name, statistic] of Object.entries(own)) updates[prefix + name] = statistic;
}
