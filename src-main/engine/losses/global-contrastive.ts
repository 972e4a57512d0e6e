import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { logSumExpWhere } from './log-sums.ts';
import { meanLoss, requiredNumbers, requiredScalar } from './loss.ts';
import type { Loss, LossScalars } from './loss.ts';
import { withoutGradient } from './masks.ts';

/** Stands for log u of a picture that was in no batch yet. */
export const unsetLogAverage = -1e30;

/**
 * The global contrastive loss of SogCLR (Yuan et al. 2022; the authors' LibAUC, GCLoss_v1): u_i is the
 * average of the mass of the anchor's negatives, over the batches that its picture was in:
 *
 *     u_i ← (1 - γ) u_i + γ (1/N) Σ_j e^(s_ij/t)          (the sum alone at the picture's first batch)
 *     l_i = -s_i+/t + log u_i,    dl_i/ds_ij = e^(s_ij/t) / (N t u_i)
 *
 * u has no gradient of its own: the gradient is that of the batch's sum, divided by the average. The
 * authors' scalar is t times this one, of which it has the gradient.
 */
export const globalContrastive: Loss = {
  scalarNames: ['temperature', 'averageRate'],
  scalars: (settings) => requiredNumbers(settings, ['temperature', 'averageRate']),
  of: (candidates, scalars) => {
    const temperature = requiredScalar(scalars, 'temperature');
    const ofBatch = logMean(candidates, temperature);
    const average = withoutGradient(ofBatch, (logMass) =>
      movedAverage(candidates, logMass, requiredScalar(scalars, 'averageRate')),
    );
    // e^(log mean - log u), which is 1 in value and has the gradient of the sum over u.
    const share = tf.exp(tf.sub(ofBatch, average));
    const surrogate = tf.sub(
      share,
      withoutGradient(share, (value) => tf.clone(value)),
    );
    const positive = tf.div(candidates.positiveSimilarity, temperature);
    return meanLoss(tf.add(tf.sub(average, positive), surrogate));
  },
};

/** log u of each anchor after a batch; [A, 1]. */
export function logAverages(candidates: Candidates, scalars: LossScalars): tf.Tensor2D {
  const ofBatch = logMean(candidates, requiredScalar(scalars, 'temperature'));
  return movedAverage(candidates, ofBatch, requiredScalar(scalars, 'averageRate'));
}

/** log of the mean of e^(s/t) over the negatives of each anchor; [A, 1]. */
function logMean(candidates: Candidates, temperature: tf.Scalar): tf.Tensor2D {
  const { similarity, isNegative, multiplicity, negatives } = candidates;
  const logits = tf.div<tf.Tensor2D>(similarity, temperature);
  return tf.sub(logSumExpWhere(logits, isNegative, multiplicity), tf.log(negatives));
}

function movedAverage(
  { logAverage }: Candidates,
  ofBatch: tf.Tensor2D,
  rate: tf.Scalar,
): tf.Tensor2D {
  if (!logAverage) throw new Error('The candidates of the global loss have no averages.');
  const isUnset = tf.less(logAverage, unsetLogAverage / 2);
  const before = tf.where<tf.Tensor2D>(isUnset, ofBatch, logAverage);
  const largest = tf.maximum(before, ofBatch);
  const part = (log: tf.Tensor2D, share: tf.Tensor): tf.Tensor =>
    tf.mul(tf.exp(tf.sub(log, largest)), share);
  const sum = tf.add(part(before, tf.sub(1, rate)), part(ofBatch, rate));
  return tf.add<tf.Tensor2D>(largest, tf.log(sum));
}
