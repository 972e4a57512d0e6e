import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere, softplus } from './log-sums.ts';
import { meanLoss, requiredNumbers, requiredScalar } from './loss.ts';
import type { Loss, LossOutput } from './loss.ts';
import { countWhere } from './masks.ts';
import type { Contrast, Selection } from './selection.ts';

/**
 * InfoNCE of each anchor i with its own positive i+, further positives P_i and negatives N_i among
 * its columns; t is the temperature, m the multiplicity, s the cosines [A, M]:
 *
 *     l_i = log(e^(s_i+/t) + G_i) - (s_i+ + Σ_{j in P_i} s_ij) / (t (1 + |P_i|))
 *     G_i = Σ_{j in N_i} m_ij e^(s_ij/t)
 *
 * averaged over the A anchors. Computed in logarithms, so that no temperature overflows. The masks
 * decide which paper's loss it is:
 * - P_i empty: in a batch NT-Xent (Chen et al. 2020, eq. 1; the official code's scalar is twice
 *   this), against a queue MoCo's loss (He et al. 2020, eq. 1), against a bank the softmax of
 *   InstDisc (Wu et al. 2018, eq. 2).
 * - P_i within N_i, so that positives are in the denominator: SupCon (Khosla et al. 2020, eq. 2)
 *   where P_i are the pictures of the anchor's label (`withKnownColumns`); FNC's attraction (Huynh et al. 2022) where P_i
 *   are the false negatives that it finds (`cancelledCandidates`).
 * - P_i outside N_i: pictures that verdicts attract (`withKnownColumns`).
 *
 * A selection may replace G_i by its own estimate (`logNegatives`: debiased and hard). It may also
 * treat columns V_i as views of the anchor's own picture (`isOwnView`: the ring's cave); then
 * log(1 + Σ_{j in V_i} e^((s_ij - s_i+)/t)) is subtracted, which adds their mass to the positive's.
 *
 * `decoupled` leaves the positive out of the denominator, so that log G_i stands for
 * log(e^(s_i+/t) + G_i) (Yeh et al. 2022, eq. 5, DCL).
 */
export function infoNce(contrast: Contrast, temperature: tf.Scalar, decoupled = false): LossOutput {
  const { similarity, positiveSimilarity, isNegative, isPositive, isOwnView } = contrast;
  const logits = tf.div<tf.Tensor2D>(similarity, temperature);
  const logPositive = contrast.logPositive ?? tf.div<tf.Tensor2D>(positiveSimilarity, temperature);
  const overPositive = (logMass: tf.Tensor2D): tf.Tensor2D =>
    softplus(tf.sub<tf.Tensor2D>(logMass, logPositive));
  const logNegatives =
    contrast.logNegatives ?? logSumExpWhere(logits, isNegative, contrast.multiplicity);
  let perAnchor = decoupled
    ? tf.sub<tf.Tensor2D>(logNegatives, logPositive)
    : overPositive(logNegatives);
  if (isOwnView) perAnchor = tf.sub(perAnchor, overPositive(logSumExpWhere(logits, isOwnView)));
  if (isPositive) {
    const sum = tf.sum(tf.mul(similarity, tf.cast(isPositive, 'float32')), 1, true);
    const mean = tf.div(tf.add(sum, positiveSimilarity), tf.add(countWhere(isPositive), 1));
    perAnchor = tf.add(perAnchor, tf.div(tf.sub(positiveSimilarity, mean), temperature));
  }
  return meanLoss(perAnchor, contrast.clampRate);
}

/**
 * InfoNCE, or its decoupled form, of the negatives that `selection` selects or weights, as an
 * objective's loss.
 */
export function infoNceOver(selection: Selection, decoupled = false): Loss {
  return {
    scalarNames: ['temperature', ...selection.scalarNames],
    scalars: (settings, negatives) => ({
      ...requiredNumbers(settings, ['temperature']),
      ...selection.scalars(settings, negatives),
    }),
    of: (candidates, scalars) =>
      infoNce(
        selection.select(candidates, scalars),
        requiredScalar(scalars, 'temperature'),
        decoupled,
      ),
  };
}
