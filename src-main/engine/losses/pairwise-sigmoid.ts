import * as tf from '@tensorflow/tfjs';
import { softplus } from './log-sums.ts';
import { meanLoss, requiredNumbers, requiredScalar } from './loss.ts';
import type { Loss, LossOutput } from './loss.ts';
import type { Contrast, Selection } from './selection.ts';

/**
 * The pairwise sigmoid (SigLIP, Zhai et al. 2023, algorithm 1), m the multiplicity:
 *
 *     l_i = log(1 + e^-(s_i+/t + b)) + Σ_{j in N_i} m_ij log(1 + e^(s_ij/t + b))
 *
 * averaged over the A anchors. The temperature and the bias b are constants here; the paper learns
 * them.
 */
function pairwiseSigmoid(
  { similarity, positiveSimilarity, isNegative, multiplicity }: Contrast,
  temperature: tf.Scalar,
  bias: tf.Scalar,
): LossOutput {
  const logit = (cosine: tf.Tensor2D): tf.Tensor2D => tf.add(tf.div(cosine, temperature), bias);
  const once = tf.cast(isNegative, 'float32');
  const counted = multiplicity === undefined ? once : tf.mul(once, multiplicity);
  const ofNegatives = tf.sum(tf.mul(softplus(logit(similarity)), counted), 1, true);
  return meanLoss(tf.add(softplus(tf.neg(logit(positiveSimilarity))), ofNegatives));
}

/** The pairwise sigmoid of the negatives that `selection` selects, as an objective's loss. */
export function pairwiseSigmoidOver(selection: Selection): Loss {
  return {
    scalarNames: ['temperature', 'sigmoidBias', ...selection.scalarNames],
    scalars: (settings, negatives) => ({
      ...requiredNumbers(settings, ['temperature', 'sigmoidBias']),
      ...selection.scalars(settings, negatives),
    }),
    of: (candidates, scalars) =>
      pairwiseSigmoid(
        selection.select(candidates, scalars),
        requiredScalar(scalars, 'temperature'),
        requiredScalar(scalars, 'sigmoidBias'),
      ),
  };
}
