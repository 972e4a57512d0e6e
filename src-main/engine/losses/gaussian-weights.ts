import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { logSumExpWhere } from './log-sums.ts';
import { requiredNumbers, requiredScalar } from './loss.ts';
import { withoutGradient } from './masks.ts';
import type { Contrast, Selection } from './selection.ts';

/**
 * ADNCE (Wu et al. 2023; the official estimator "adnce"): negatives weigh by a Gaussian of their
 * similarity, with the mean 1 over the N negatives of an anchor:
 *
 *     w_j = e^(-(s_j - μ)² / (2 σ²)),   G = Σ_j N w_j / (Σ_k w_k) e^(s_j/t)
 *
 * As in the official code the weights have no gradient. Computed in logarithms.
 */
export const gaussian: Selection = {
  scalarNames: ['gaussMean', 'gaussSigma'],
  scalars: (settings) => requiredNumbers(settings, ['gaussMean', 'gaussSigma']),
  select: (candidates, scalars) => {
    const logWeights = gaussianLogWeights(
      candidates,
      requiredScalar(scalars, 'gaussMean'),
      requiredScalar(scalars, 'gaussSigma'),
    );
    return { ...candidates, logNegatives: logMass(candidates, logWeights, scalars) };
  },
};

/** log of N w_j / Σ_k w_k of each column, [A, M], without a gradient; meaningless where it is no negative. */
function gaussianLogWeights(
  { similarity, isNegative, multiplicity, negatives }: Candidates,
  mean: tf.Scalar,
  sigma: tf.Scalar,
): tf.Tensor2D {
  return withoutGradient(similarity, (s) => {
    const deviations = tf.div(tf.sub(s, mean), sigma);
    const logWeights = tf.mul<tf.Tensor2D>(tf.square(deviations), -0.5);
    const logTotal = logSumExpWhere(logWeights, isNegative, multiplicity);
    return tf.add(tf.sub<tf.Tensor2D>(logWeights, logTotal), tf.log(negatives));
  });
}

function logMass(
  { similarity, isNegative, multiplicity }: Candidates,
  logWeights: tf.Tensor2D,
  scalars: Parameters<Selection['select']>[1],
): NonNullable<Contrast['logNegatives']> {
  const logits = tf.div<tf.Tensor2D>(similarity, requiredScalar(scalars, 'temperature'));
  return logSumExpWhere(tf.add(logits, logWeights), isNegative, multiplicity);
}
