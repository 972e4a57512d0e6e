import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { logSumExpWhere } from './log-sums.ts';
import { requiredNumbers, requiredScalar } from './loss.ts';
import { withoutGradient } from './masks.ts';
import type { Contrast, Selection } from './selection.ts';

/** DCL (Chuang et al. 2020, with one positive): the hard selection with β = 0. */
export const debiased: Selection = {
  scalarNames: ['tauPlus'],
  scalars: (settings) => requiredNumbers(settings, ['tauPlus']),
  select: (candidates, scalars) =>
    reweighted(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
    ),
};

/** HCL (Robinson et al. 2021): β up-weights similar negatives; τ⁺ corrects for same-class ones. */
export const hard: Selection = {
  scalarNames: ['tauPlus', 'beta'],
  scalars: (settings) => requiredNumbers(settings, ['tauPlus', 'beta']),
  select: (candidates, scalars) =>
    reweighted(
      candidates,
      requiredScalar(scalars, 'temperature'),
      requiredScalar(scalars, 'tauPlus'),
      requiredScalar(scalars, 'beta'),
    ),
};

/** e^60 is much larger than 1 and far from the overflow of float32 (e^88). */
const largestExponent = 60;

/** Stands for log 0: below every floor, and exact in float32. */
const logOfNothing = -1e9;

/**
 * The mass G of the negatives in HCL, with β = 0 in DCL; N negatives, P = e^(s+/t):
 *
 *     G = max((R - τ⁺ N P) / (1 - τ⁺), N e^(-1/t))
 *     R = N Σ_j q_j e^(s_j/t),  q = softmax(β s / t)
 *
 * As in the official code's criterion(), the weights q have a gradient, and a clamped anchor has no
 * gradient by its negatives. Computed in logarithms, so that no temperature or β overflows.
 */
function reweighted(
  candidates: Candidates,
  temperature: tf.Scalar,
  tauPlus: tf.Scalar,
  beta?: tf.Scalar,
): Contrast {
  const { similarity, positiveSimilarity, negatives } = candidates;
  const logits = tf.div<tf.Tensor2D>(similarity, temperature);
  const logPositive = tf.div<tf.Tensor2D>(positiveSimilarity, temperature);
  const logCount = tf.log(negatives);
  const logMass = logReweightedMass(logits, candidates, beta, logCount);
  const sameClass = tf.mul(tauPlus, expBounded(tf.add(tf.sub(logPositive, logMass), logCount)));
  const remainder = tf.sub(1, sameClass);
  const isAboveZero = withoutGradient(remainder, (value) => tf.greater(value, 0));
  // log of a number below 0 must not be computed at all: its gradient, NaN times 0, would be NaN.
  const logWhereAbove = tf.log(tf.where<tf.Tensor>(isAboveZero, remainder, tf.scalar(1)));
  const logRemainder = tf.where<tf.Tensor>(isAboveZero, logWhereAbove, tf.scalar(logOfNothing));
  const logDebiased = tf.sub<tf.Tensor2D>(tf.add(logMass, logRemainder), tf.log1p(tf.neg(tauPlus)));
  const logFloor = tf.sub(logCount, tf.reciprocal(temperature));
  return {
    ...candidates,
    logPositive,
    logNegatives: tf.maximum(logDebiased, logFloor),
    clampRate: tf.mean<tf.Scalar>(tf.cast(tf.less(logDebiased, logFloor), 'float32')),
  };
}

/** log R of each anchor; [A, 1]. */
function logReweightedMass(
  logits: tf.Tensor2D,
  { isNegative, multiplicity }: Candidates,
  beta: tf.Scalar | undefined,
  logCount: tf.Tensor2D,
): tf.Tensor2D {
  if (beta === undefined) return logSumExpWhere(logits, isNegative, multiplicity);
  const mass = (power: tf.Scalar): tf.Tensor2D =>
    logSumExpWhere(tf.mul(logits, power), isNegative, multiplicity);
  const weighted = mass(tf.add(beta, 1));
  const weights = mass(beta);
  return tf.add(tf.sub(weighted, weights), logCount);
}

function expBounded(x: tf.Tensor): tf.Tensor {
  return tf.exp(tf.minimum(x, largestExponent));
}
