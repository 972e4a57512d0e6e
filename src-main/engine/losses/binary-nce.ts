import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { requiredNumbers, requiredScalar } from './selection.ts';
import type { ObjectiveOutput, Selection } from './selection.ts';
import { softplus } from './softplus.ts';
import { withoutGradient } from './without-gradient.ts';

export interface BinaryNceScalars {
  readonly temperature: tf.Scalar;
  /** log Z, see `logNormaliser`; one, or one of each anchor, A × 1. */
  readonly logNormaliser: tf.Tensor;
  /** K / n: draws of an anchor by pictures in the bank. */
  readonly noiseRatio: tf.Scalar;
  /** What the official code adds to every denominator, 1e-7. */
  readonly epsilon: tf.Scalar;
}

/**
 * Binary NCE against a memory bank (Wu et al. 2018, InstDisc; the official NCECriterion):
 * L_i = -log(e_i0 / (e_i0 + K/n + ε)) - Σ_k log((K/n) / (e_ik + K/n + ε)), e = exp(s/t) / Z, mean over
 * the anchors. As softplus of log e - log(K/n + ε), so that no temperature overflows.
 */
export function binaryNce(candidates: Candidates, scalars: BinaryNceScalars): ObjectiveOutput {
  const { temperature, logNormaliser: logZ, noiseRatio, epsilon } = scalars;
  const logNoise = tf.log(tf.add(noiseRatio, epsilon));
  const overNoise = (similarity: tf.Tensor2D): tf.Tensor2D =>
    tf.sub(tf.sub(tf.div(similarity, temperature), logZ), logNoise);
  const positiveLoss = softplus(tf.neg(overNoise(candidates.positiveSimilarity)));
  const perDraw = tf.add(softplus(overNoise(candidates.similarity)), noiseOffset(scalars));
  const counted = tf.mul(perDraw, drawsOf(candidates));
  const perAnchorLoss = tf.add<tf.Tensor1D>(tf.squeeze(positiveLoss, [1]), tf.sum(counted, 1));
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate: tf.scalar(0) };
}

/** The official code's ε. */
const officialEpsilon = 1e-7;

/** Binary NCE over candidates that bring their own log Z and K / n. */
export const binaryNceDraws: Selection = {
  scalarNames: ['temperature'],
  scalars: (settings) => requiredNumbers(settings, ['temperature']),
  loss: (candidates, scalars) => {
    const { logNormaliser: logZ, noiseRatio } = candidates;
    if (!logZ || !noiseRatio) throw new Error('Binary NCE was given no noise.');
    const epsilon = tf.scalar(officialEpsilon);
    const temperature = requiredScalar(scalars, 'temperature');
    return binaryNce(candidates, { temperature, logNormaliser: logZ, noiseRatio, epsilon });
  },
};

/** log((K/n + ε) / (K/n)), all but 0. */
function noiseOffset({ noiseRatio, epsilon }: BinaryNceScalars): tf.Scalar {
  return tf.log1p(tf.div(epsilon, noiseRatio));
}

/** How often each column counts as noise of each anchor; A × M. */
function drawsOf({ isNegative, multiplicity }: Candidates): tf.Tensor {
  const once = tf.cast(isNegative, 'float32');
  return multiplicity === undefined ? once : tf.mul(once, multiplicity);
}

/**
 * log Z, Z = n · mean(exp(s/t)) over the positives and draws of a batch (the official code takes that
 * of the first batch and keeps it); without a gradient.
 */
export function logNormaliser(
  candidates: Candidates,
  temperature: tf.Scalar,
  pictures: tf.Scalar,
): tf.Scalar {
  const logits = withoutGradient(candidates.similarity, (s) => tf.div<tf.Tensor2D>(s, temperature));
  const own = withoutGradient(candidates.positiveSimilarity, (s) =>
    tf.div<tf.Tensor2D>(s, temperature),
  );
  const largest = tf.maximum(tf.max(logits), tf.max(own));
  const masses = tf.sum(tf.mul(tf.exp(tf.sub(logits, largest)), drawsOf(candidates)));
  const ownMass = tf.sum(tf.exp(tf.sub(own, largest)));
  const terms = tf.add(tf.sum(candidates.negatives), candidates.positiveSimilarity.shape[0]);
  const logMean = tf.sub(tf.log(tf.add(masses, ownMass)), tf.log(terms));
  return tf.add<tf.Scalar>(tf.add(logMean, largest), tf.log(pictures));
}
