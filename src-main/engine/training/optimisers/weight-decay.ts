import * as tf from '@tensorflow/tfjs';
import type { WeightSpec } from '../../networks/weights.ts';
import { elementCount } from '../../networks/weights.ts';

/** Where one weight lies in the flat vector of trainable weights. */
export interface WeightSegment {
  readonly start: number;
  readonly length: number;
  /** A bias, or a gain or offset of batch norm: what LARS neither decays nor adapts. */
  readonly isNormOrBias: boolean;
}

/** The trainable weights' places in the flat vector, in its order. */
export function weightSegments(specs: readonly WeightSpec[]): WeightSegment[] {
  let start = 0;
  return specs
    .filter(({ kind }) => kind === 'trainable')
    .map(({ shape }) => {
      const segment = { start, length: elementCount(shape), isNormOrBias: shape.length <= 1 };
      start += segment.length;
      return segment;
    });
}

/** L2 weight decay: how strong, and the weights' places where batch norm and biases are left out. */
export interface WeightDecay {
  readonly rate: number;
  /** Null decays all weights alike, as torch's optimisers do. */
  readonly excluding: readonly WeightSegment[] | null;
}

/** gradient + rate * weights, both flat; without the second term where a segment is excluded. */
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
