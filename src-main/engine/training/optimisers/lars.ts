import * as tf from '@tensorflow/tfjs';
import type { Optimiser } from './optimiser.ts';
import { namedTensor } from './optimiser.ts';
import type { MomentumSettings } from './sgd.ts';
import type { WeightDecay, WeightSegment } from './weight-decay.ts';
import { decayedGradient } from './weight-decay.ts';

const trustCoefficient = 0.001;

/**
 * LARS (You et al. 2017) as in google-research/simclr: each weight tensor's step is scaled by the
 * trust ratio 0.001 |w| / |g|, g being the gradient plus weight decay; for biases and batch norm the
 * ratio is 1. The learning rate is inside the momentum: v <- momentum v + rate ratio g, then
 * w <- w - v, or with Nesterov's momentum w <- w - (momentum v + rate ratio g).
 */
export function lars(
  { momentum, nesterov }: MomentumSettings,
  decay: WeightDecay,
  segments: readonly WeightSegment[],
): Optimiser {
  return {
    slotNames: ['momentum'],
    rateNames: ['learningRate'],
    rates: (learningRate) => ({ learningRate }),
    move: ({ weights, gradient, slots, rates }) => {
      const decayed = decayedGradient(weights, gradient, decay);
      const adapted = segments.map((segment) => adaptedPart(weights, decayed, segment));
      const step = tf.mul(tf.concat1d(adapted), namedTensor(rates, 'learningRate'));
      const velocity = tf.add<tf.Tensor1D>(tf.mul(namedTensor(slots, 'momentum'), momentum), step);
      const move = nesterov ? tf.add(tf.mul(velocity, momentum), step) : velocity;
      return { weights: tf.sub(weights, move), slots: { momentum: velocity } };
    },
  };
}

/** One tensor's part of the gradient times its trust ratio, which is 1 where a norm is 0. */
function adaptedPart(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  { start, length, isNormOrBias }: WeightSegment,
): tf.Tensor1D {
  const part = tf.slice1d(gradient, start, length);
  if (isNormOrBias) return part;
  const weightNorm = norm(tf.slice1d(weights, start, length));
  const gradientNorm = norm(part);
  const ratio = tf.div(tf.mul(weightNorm, trustCoefficient), gradientNorm);
  const isKnown = tf.logicalAnd(tf.greater(weightNorm, 0), tf.greater(gradientNorm, 0));
  return tf.mul(part, tf.where(isKnown, ratio, tf.scalar(1)));
}

function norm(vector: tf.Tensor1D): tf.Tensor {
  return tf.sqrt(tf.sum(tf.square(vector)));
}
