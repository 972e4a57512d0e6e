import * as tf from '@tensorflow/tfjs';
import type { WeightSpec } from '../../networks/weights.ts';
import { elementCount } from '../../networks/weights.ts';

/** The part of the flat vector of trainable weights that one weight tensor takes. */
export interface WeightSegment {
  readonly start: number;
  readonly length: number;
  /** True for a bias and for a gain or offset of batch norm, which LARS neither decays nor scales. */
  readonly isNormOrBias: boolean;
  /** Its learning rate as a part of the training's. */
  readonly rate: number;
}

/** The segments of the trainable weights, in the order of the flat vector. */
export function weightSegments(specs: readonly WeightSpec[]): WeightSegment[] {
  let start = 0;
  return specs
    .filter(({ kind }) => kind === 'trainable')
    .map(({ shape, rate = 1 }) => {
      const length = elementCount(shape);
      const segment = { start, length, isNormOrBias: shape.length <= 1, rate };
      start += segment.length;
      return segment;
    });
}

/** L2 weight decay: its rate, and whether batch norm and biases are excluded. */
export interface WeightDecay {
  readonly rate: number;
  /** All segments, to exclude those of batch norm and biases; null decays all weights, as in torch. */
  readonly excluding: readonly WeightSegment[] | null;
}

/** gradient + rate · weights, both flat; only the gradient in excluded segments. */
export function decayedGradient(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  { rate, excluding }: WeightDecay,
): tf.Tensor1D {
  if (rate === 0) return gradient;
  if (!excluding) return tf.add(gradient, tf.mul(weights, rate));
  const parts = excluding.map(({ start, length, isNormOrBias }) => {
    const part = tf.slice1d(gradient, start, length);
    if (isNormOrBias) return part;
    return tf.add<tf.Tensor1D>(part, tf.mul(tf.slice1d(weights, start, length), rate));
  });
  return tf.concat1d(parts);
}
