import * as tf from '@tensorflow/tfjs';
import { unitRows } from '../numeric/unit-row-tensor.ts';
import { linear, linearSpecs } from './linear.ts';
import { whitenedLength } from './whitened-parts.ts';
import type { WhitenedPart } from './whitened-parts.ts';
import type { WeightSpec, Weights } from './weights.ts';
import { weightNamed } from './weights.ts';

/** The part before a projection head that is trained on the frozen features of another encoder. */
export interface FrozenBody {
  /** Length of the frozen features. */
  readonly inputs: number;
  /** How they are whitened first, by fixed statistics; null for no whitening. */
  readonly whitening: readonly WhitenedPart[] | null;
  /** Null for a head without an adapter. */
  readonly adapter: Adapter | null;
}

/**
 * What an adapter adds to its input x: W x, or W2 relu(W1 x) with a narrow hidden layer (CLIP-Adapter, Gao
 * et al. 2021), which runs of earlier versions have.
 */
type Adapter =
  { readonly kind: 'linear' } | { readonly kind: 'bottleneck'; readonly width: number };

/**
 * The names of the whitening's statistics: the mean [inputs], and the directions [inputs,
 * whitened].
 */
export const whiteningNames = { mean: 'frozen.mean', directions: 'frozen.directions' } as const;

/** Length of the input of the adapter or the head. */
export function frozenWidth({ inputs, whitening }: FrozenBody): number {
  return whitenedLength(whitening) ?? inputs;
}

/** The statistics of the whitening and the weights of the adapter, if the body has them. */
export function frozenSpecs(body: FrozenBody): WeightSpec[] {
  return [...whiteningSpecs(body), ...adapterSpecs(body)];
}

function whiteningSpecs({ inputs, whitening }: FrozenBody): WeightSpec[] {
  if (whitening === null) return [];
  const zero = { kind: 'statistic', start: { kind: 'constant', value: 0 } } as const;
  return [
    { name: whiteningNames.mean, shape: [inputs], ...zero },
    { name: whiteningNames.directions, shape: [inputs, whitenedLength(whitening)], ...zero },
  ];
}

/**
 * The last layer starts at 0, so that at the start the adapter gives its input (Houlsby et al.
 * 2019).
 */
function adapterSpecs(body: FrozenBody): WeightSpec[] {
  const { adapter } = body;
  if (adapter === null) return [];
  const width = frozenWidth(body);
  if (adapter.kind === 'linear')
    return fromZero(linearSpecs('adapter.linear', width, width, false));
  const up = fromZero(linearSpecs('adapter.up', adapter.width, width, true));
  return [...linearSpecs('adapter.down', width, adapter.width, true), ...up];
}

function fromZero(specs: readonly WeightSpec[]): WeightSpec[] {
  return specs.map((spec) => ({ ...spec, start: { kind: 'constant', value: 0 } }));
}

/**
 * The head's input [n, width], from frozen features as unit rows [n, inputs]: whitened if the body
 * whitens, scaled to a mean square of 1, and with what an adapter adds.
 */
export function frozenFeatures(body: FrozenBody, rows: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const unit = body.whitening === null ? rows : whitenedRows(rows, weights);
  const scaled = tf.mul<tf.Tensor2D>(unit, Math.sqrt(frozenWidth(body)));
  if (body.adapter === null) return scaled;
  if (body.adapter.kind === 'linear') {
    return tf.add(scaled, linear(scaled, 'adapter.linear', weights));
  }
  const hidden = tf.relu(linear(scaled, 'adapter.down', weights));
  return tf.add(scaled, linear(hidden, 'adapter.up', weights));
}

function whitenedRows(rows: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const names = [whiteningNames.mean, whiteningNames.directions];
  const [mean, directions] = names.map((name) => weightNamed(weights, name)) as [
    tf.Tensor1D,
    tf.Tensor2D,
  ];
  return unitRows(tf.matMul(tf.sub<tf.Tensor2D>(rows, mean), directions));
}
