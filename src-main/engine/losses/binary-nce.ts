import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { softplus } from './log-sums.ts';
import { meanLoss, requiredNumbers, requiredScalar } from './loss.ts';
import type { Loss, LossOutput } from './loss.ts';
import { withoutGradient } from './masks.ts';
import { officialEpsilon } from './nce-epsilon.ts';

/** The fields of candidates that binary NCE reads: similarities, and which columns are noise. */
type Noise = Pick<Candidates, 'similarity' | 'positiveSimilarity' | 'isNegative' | 'multiplicity'>;

interface BinaryNceScalars {
  readonly temperature: tf.Scalar;
  /** log Z, see `logNormaliser`; one number, or [A, 1]. */
  readonly logNormaliser: tf.Tensor;
  /** K / n: draws of an anchor by pictures in the bank. */
  readonly noiseRatio: tf.Scalar;
  /** What the official code adds to every denominator, 1e-7. */
  readonly epsilon: tf.Scalar;
}

/**
 * Binary NCE against a memory bank (Wu et al. 2018, InstDisc, eqs. 6 and 7; the official
 * NCECriterion), m the multiplicity of a draw:
 *
 *     l_i = -log(e_i+ / (e_i+ + K/n + ε)) - Σ_{j in N_i} m_ij log((K/n) / (e_ij + K/n + ε))
 *     e_ij = e^(s_ij/t) / Z
 *
 * averaged over the A anchors. Computed as softplus of log e - log(K/n + ε), so that no temperature
 * overflows.
 */
export function binaryNce(noise: Noise, scalars: BinaryNceScalars): LossOutput {
  const { temperature, logNormaliser: logZ, noiseRatio, epsilon } = scalars;
  const logNoise = tf.log(tf.add(noiseRatio, epsilon));
  const overNoise = (similarity: tf.Tensor2D): tf.Tensor2D =>
    tf.sub(tf.sub(tf.div(similarity, temperature), logZ), logNoise);
  const positiveLoss = softplus(tf.neg(overNoise(noise.positiveSimilarity)));
  // log((K/n + ε) / (K/n)), almost 0.
  const offset = tf.log1p(tf.div(epsilon, noiseRatio));
  const perDraw = tf.add(softplus(overNoise(noise.similarity)), offset);
  const ofDraws = tf.sum(tf.mul(perDraw, drawsOf(noise)), 1, true);
  return meanLoss(tf.add(positiveLoss, ofDraws));
}

/** Binary NCE as an objective's loss, of candidates that hold log Z and K / n. */
export const binaryNceOfNoise: Loss = {
  scalarNames: ['temperature'],
  scalars: (settings) => requiredNumbers(settings, ['temperature']),
  of: (candidates, scalars) => {
    const { logNormaliser: logZ, noiseRatio } = candidates;
    if (!logZ || !noiseRatio)
      throw new Error('The candidates of binary NCE have no log Z or K / n.');
    const epsilon = tf.scalar(officialEpsilon);
    const temperature = requiredScalar(scalars, 'temperature');
    return binaryNce(candidates, { temperature, logNormaliser: logZ, noiseRatio, epsilon });
  },
};

/** How often each column counts as noise of each anchor; [A, M]. */
function drawsOf({ isNegative, multiplicity }: Noise): tf.Tensor {
  const once = tf.cast(isNegative, 'float32');
  return multiplicity === undefined ? once : tf.mul(once, multiplicity);
}

/**
 * log Z without a gradient, Z = n · mean(e^(s/t)) over the positives and draws of a batch; `pictures`
 * is n. The official code computes Z in the first batch and then keeps it constant.
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
