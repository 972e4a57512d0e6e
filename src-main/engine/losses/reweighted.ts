import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import { contrast } from './selection.ts';
import type { ObjectiveOutput } from './selection.ts';
import { withoutGradient } from './without-gradient.ts';

/** Where e^x has left any comparison with 1; below the overflow of float32 (e^88). */
const largestExponent = 60;

/** Below every floor, and exact in float32. */
const logOfNothing = -1e9;

/**
 * HCL's loss (Robinson et al. 2021), which with β = 0 is DCL's (Chuang et al. 2020):
 * G = max((R - τ⁺ N P) / (1 - τ⁺), N e^(-1/t)), R = N E_q[e^(s/t)], q = softmax(β s / t), weights
 * not detached, as in the official code's criterion(); in logarithms throughout, so that no
 * temperature or β overflows. A clamped anchor has no gradient to its negatives.
 */
export function reweightedLoss(
  candidates: Candidates,
  temperature: tf.Scalar,
  tauPlus: tf.Scalar,
  beta: tf.Scalar | undefined,
): ObjectiveOutput {
  const { similarity, positiveSimilarity, negatives } = candidates;
  const logits = tf.div<tf.Tensor2D>(similarity, temperature);
  const logPositive = tf.div<tf.Tensor2D>(positiveSimilarity, temperature);
  const logCount = tf.log(negatives);
  const logMass = meanLogMass(logits, candidates, beta, logCount);
  const sameClass = tf.mul(tauPlus, expBounded(tf.add(tf.sub(logPositive, logMass), logCount)));
  const kept = tf.sub(1, sameClass);
  const isPositive = withoutGradient(kept, (value) => tf.greater(value, 0));
  // Where the logarithm does not exist, its gradient must not either: NaN times 0 is NaN.
  const logOfKept = tf.log(tf.where<tf.Tensor>(isPositive, kept, tf.scalar(1)));
  const logKept = tf.where<tf.Tensor>(isPositive, logOfKept, tf.scalar(logOfNothing));
  const logDebiased = tf.sub<tf.Tensor2D>(tf.add(logMass, logKept), tf.log1p(tf.neg(tauPlus)));
  const logFloor = tf.sub(logCount, tf.reciprocal(temperature));
  const clampRate = tf.mean<tf.Scalar>(tf.cast(tf.less(logDebiased, logFloor), 'float32'));
  return contrast(logPositive, tf.maximum(logDebiased, logFloor), clampRate);
}

/** log R: N times the weighted mean of e^(s/t), each anchor's own; A × 1. */
function meanLogMass(
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
