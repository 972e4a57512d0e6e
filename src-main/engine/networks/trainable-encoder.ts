import * as tf from '@tensorflow/tfjs';
import type { PictureEncoder, TrainedEncoder, TrainedPictureEncoder } from '../../contract/runs.ts';
import type { FeatureEncoder } from '../../contract/encoder-kinds.ts';
import type { Preprocessing } from '../../contract/preprocessing.ts';
import type { AdapterKind, ProjectionHead } from '../../contract/projection-heads.ts';
import { statisticUpdates } from './batch-norm.ts';
import type { StatisticUpdates } from './batch-norm.ts';
import { frozenFeatures, frozenSpecs, frozenWidth } from './frozen-body.ts';
import type { FrozenBody } from './frozen-body.ts';
import { labChannels } from './lab.ts';
import { cutWidth, tensorsOfRows } from './network-cut.ts';
import type { NetworkCut } from './network-cut.ts';
import type { TunedBody, TunedNetwork } from './tuned-network.ts';
import type { HeadPlan } from './projection-head.ts';
import { headSpecs, projected } from './projection-head.ts';
import type { ResnetPlan } from './resnet.ts';
import { resnet18, resnet8, resnetFeatures, resnetSpecs } from './resnet.ts';
import type { WeightSpec, Weights } from './weights.ts';
import { whitenedLength } from './whitened-parts.ts';
import type { WhitenedPart } from './whitened-parts.ts';

/** An encoder that can be trained, with its projection head. */
export interface EncoderPlan {
  readonly name: TrainedEncoder;
  /**
   * The part that gives h: a network of pictures, the part after a frozen encoder, or a network from
   * elsewhere with such a part after it.
   */
  readonly body: ResnetPlan | FrozenBody | TunedBody;
  readonly head: HeadPlan;
  readonly specs: readonly WeightSpec[];
  /**
   * Whether there are two bodies and heads, one for lightness and one for colour (CMC); see
   * `labSides`.
   */
  readonly isLab?: boolean;
  /** Whether the body's batch norm keeps its running statistics in training mode, as in fine-tuning. */
  readonly keepsStatistics?: boolean;
  /**
   * Where the layers before the first trained one are computed before the training: the body cut there. It then
   * takes rows [n, cutWidth] in the place of pictures.
   */
  readonly cut?: NetworkCut;
}

/** The features h and the projected z of an encoder, not normalised. */
export interface Encoded {
  readonly features: tf.Tensor2D;
  readonly projected: tf.Tensor2D;
}

/**
 * The two inputs that CMC makes from L, a and b: the number of channels, and the prefix of the
 * weights' names.
 */
const labSides = [
  { prefix: 'l.', channels: 1 },
  { prefix: 'ab.', channels: 2 },
] as const;

/** The body of an encoder that takes frozen features; null for an encoder that takes pictures. */
export function frozenBodyOf({ body }: Pick<EncoderPlan, 'body'>): FrozenBody | null {
  return 'inputs' in body ? body : null;
}

/** The length of the rows that an encoder takes in the place of pictures; null for one that takes pictures. */
export function inputLength({ body, cut }: Pick<EncoderPlan, 'body' | 'cut'>): number | null {
  return cut ? cutWidth(cut) : (frozenBodyOf({ body })?.inputs ?? null);
}

/** The part between features that were trained elsewhere and h; null for a network of our own. */
export function partAfterFeatures({ body }: Pick<EncoderPlan, 'body'>): FrozenBody | null {
  return 'network' in body ? body.after : frozenBodyOf({ body });
}

/** How pictures are resized for a network from elsewhere; null for the middle square. */
export function resizeOf({ body }: Pick<EncoderPlan, 'body'>): Preprocessing | null {
  return 'network' in body ? (body.network.resize ?? null) : null;
}

function plan(name: TrainedEncoder, body: ResnetPlan, head: HeadPlan): EncoderPlan {
  return { name, body, head, specs: [...resnetSpecs(body), ...headSpecs(head)] };
}

/**
 * Two encoders like the given one side by side (CMC, Tian et al. 2020), one for lightness and one for
 * the two colour channels. h and z are those of the first, followed by those of the second.
 */
export function labEncoder(name: TrainedEncoder, { body, head }: EncoderPlan): EncoderPlan {
  if (!('blocks' in body)) throw new Error('Only a network of our own can be split by colours.');
  const specs = labSides.flatMap(({ prefix, channels }) =>
    [...resnetSpecs(body, channels), ...headSpecs(head)].map((spec) => ({
      ...spec,
      name: prefix + spec.name,
    })),
  );
  return { name, body, head, specs, isLab: true };
}

const bodies: Readonly<Record<PictureEncoder, ResnetPlan>> = { resnet8, resnet18 };

/** The length of z, and that of the hidden layer of DCL and HCL, where h is long enough for them. */
const [publishedOutputs, publishedHidden] = [128, 512];

/**
 * A head after a network. The papers' hidden layers are as long as h, which has 2048 numbers there, and
 * that of DCL and HCL has 512; z has 128, and at most half as many as h.
 */
function headAfter(kind: ProjectionHead, features: number): HeadPlan {
  if (kind === 'none') return { kind, inputs: features, hidden: features, outputs: features };
  const hidden = kind === 'mlp-norm' ? Math.min(publishedHidden, features) : features;
  return { kind, inputs: features, hidden, outputs: Math.min(publishedOutputs, features / 2) };
}

/** The plan of a network of pictures with its projection head. */
export function pictureEncoderPlan(name: TrainedPictureEncoder, head: ProjectionHead): EncoderPlan {
  const isLab = name === 'resnet8-lab' || name === 'resnet18-lab';
  const body = bodies[name.startsWith('resnet8') ? 'resnet8' : 'resnet18'];
  const one = plan(name, body, headAfter(head, body.features));
  return isLab ? labEncoder(name, one) : one;
}

/** The networks that `train` offers, each with the head of runs that record none. */
export const trainableEncoders: Readonly<Record<PictureEncoder, EncoderPlan>> = {
  resnet8: pictureEncoderPlan('resnet8', 'mlp'),
  resnet18: pictureEncoderPlan('resnet18', 'mlp-norm'),
};

/** The networks that a trained run can have, each with the head of runs that record none. */
export const trainedEncoders: Readonly<Record<TrainedPictureEncoder, EncoderPlan>> = {
  ...trainableEncoders,
  'resnet8-lab': pictureEncoderPlan('resnet8-lab', 'mlp'),
  'resnet18-lab': pictureEncoderPlan('resnet18-lab', 'mlp-norm'),
};

/** The features of another encoder that a head or an adapter is trained on. */
export interface FrozenInput {
  readonly dimensions: number;
  /** How they are whitened; null for no whitening. */
  readonly whitening: readonly WhitenedPart[] | null;
}

/** The lengths of the hidden layer and of z of a head on frozen features, as in HCL and DCL. */
const [frozenHidden, frozenOutputs] = [512, 128];
/**
 * An adapter's hidden layer has the length of its input divided by this (CLIP-Adapter, Gao et al.
 * 2021).
 */
const adapterReduction = 4;

/** The plan of a head, or of an adapter and a head, on frozen features. */
export function featureEncoderPlan(
  name: FeatureEncoder,
  { dimensions, whitening }: FrozenInput,
  head: ProjectionHead,
  adapter: AdapterKind = 'linear',
): EncoderPlan {
  const body = partAfter({ dimensions, whitening }, name === 'adapter' ? adapter : null);
  const planned = headOnFeatures(body, head);
  return { name, body, head: planned, specs: [...frozenSpecs(body), ...headSpecs(planned)] };
}

/** The plan of a network from elsewhere that is tuned, with an adapter and a head after it. */
export function tunedEncoderPlan(
  network: TunedNetwork,
  whitening: readonly WhitenedPart[] | null,
  head: ProjectionHead,
): EncoderPlan {
  const after = partAfter({ dimensions: network.dimensions, whitening }, 'linear');
  const planned = headOnFeatures(after, head);
  const specs = [...network.specs, ...frozenSpecs(after), ...headSpecs(planned)];
  return { name: 'finetune', body: { network, after }, head: planned, specs };
}

function partAfter({ dimensions, whitening }: FrozenInput, kind: AdapterKind | null): FrozenBody {
  const body = { inputs: dimensions, whitening };
  if (kind !== 'bottleneck') return { ...body, adapter: kind && { kind } };
  const width = Math.max(
    8,
    Math.ceil((whitenedLength(whitening) ?? dimensions) / adapterReduction),
  );
  return { ...body, adapter: { kind, width } };
}

function headOnFeatures(body: FrozenBody, kind: ProjectionHead): HeadPlan {
  const inputs = frozenWidth(body);
  const outputs = kind === 'none' ? inputs : frozenOutputs;
  return { kind, inputs, hidden: frozenHidden, outputs };
}

/** Length of h; for a head without an adapter h is the head's output. */
export function featureLength({ body, head, isLab = false }: EncoderPlan): number {
  const after = partAfterFeatures({ body });
  if (after) return after.adapter === null ? head.outputs : frozenWidth(after);
  return head.inputs * (isLab ? labSides.length : 1);
}

/** Length of z. */
export function projectedLength({ head, isLab = false }: EncoderPlan): number {
  return head.outputs * (isLab ? labSides.length : 1);
}

/**
 * h and z of normalised pictures [n, side, side, 3], or of rows [n, inputLength]; in training mode if
 * `updates` is given.
 */
export function encode(
  encoder: EncoderPlan,
  inputs: tf.Tensor,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  if (encoder.cut) {
    const tensors = tensorsOfRows(encoder.cut, inputs as tf.Tensor2D);
    return encodeAfter(encoder, encoder.cut.after(tensors, weights), weights, updates);
  }
  const frozen = frozenBodyOf(encoder);
  if (frozen) return encodeFrozen(encoder.head, frozen, inputs as tf.Tensor2D, weights, updates);
  const images = inputs as tf.Tensor4D;
  const { body } = encoder;
  if ('network' in body) {
    const rows = body.network.features(tf.mul(pixelsOf(images), 255), weights);
    return encodeAfter(encoder, rows, weights, updates);
  }
  if (!encoder.isLab) return encodeOne(encoder, images, weights, updates);
  const lab = labChannels(pixelsOf(images));
  const channels = labSides.map((side) => side.channels);
  const planes = tf.split<tf.Tensor4D>(lab, channels, 3);
  const sides = labSides.map(({ prefix }, index) => {
    const own = statisticUpdates(updates?.splits);
    const plane = planes[index] as tf.Tensor4D;
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

/** What comes after the features of a network. */
function encodeAfter(
  { body, head }: EncoderPlan,
  features: tf.Tensor2D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  if ('network' in body) return encodeFrozen(head, body.after, features, weights, updates);
  return { features, projected: projected(head, features, weights, updates) };
}

/** Undoes `normaliseColours`: pixels of 0 to 1 again. */
function pixelsOf(images: tf.Tensor4D): tf.Tensor4D {
  return tf.add(tf.div(images, 4), 0.5);
}

function encodeOne(
  encoder: EncoderPlan,
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  const { body, keepsStatistics = false } = encoder;
  if (!('blocks' in body)) throw new Error('Frozen features are no pictures.');
  const features = resnetFeatures(body, images, weights, keepsStatistics ? undefined : updates);
  return encodeAfter(encoder, features, weights, updates);
}

/** A head without an adapter has no trained layer before it, so its output is both h and z. */
function encodeFrozen(
  head: HeadPlan,
  body: FrozenBody,
  rows: tf.Tensor2D,
  weights: Weights,
  updates?: StatisticUpdates,
): Encoded {
  const features = frozenFeatures(body, rows, weights);
  const z = projected(head, features, weights, updates);
  return { features: body.adapter === null ? z : features, projected: z };
}

/** The weights of one side, by the names without its prefix. */
function ofSide(prefix: string, weights: Weights): Weights {
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(prefix.length), weight]));
}

function addUpdates(updates: StatisticUpdates, prefix: string, own: StatisticUpdates): void {
  for (const [name, statistic] of Object.entries(own.moved))
    updates.moved[prefix + name] = statistic;
}
