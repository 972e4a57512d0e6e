import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere } from './candidates.ts';
import { contrast, requiredNumbers, requiredScalar } from './selection.ts';
import type { Selection } from './selection.ts';

/**
 * InfoNCE over all negatives: -log(e^(s+/t) / (e^(s+/t) + Σ e^(s/t))), mean over the anchors. In a
 * batch it is NT-Xent (Chen et al. 2020, eq. 1; the official code's scalar is twice this), against a
 * queue MoCo's loss (He et al. 2020, eq. 1).
 */
export const allNegatives: Selection = {
  scalarNames: ['temperature'],
  scalars: (settings) => requiredNumbers(settings, ['temperature']),
  loss: ({ similarity, positiveSimilarity, isNegative, multiplicity }, scalars) => {
    const temperature = requiredScalar(scalars, 'temperature');
    return contrast(
      tf.div(positiveSimilarity, temperature),
      logSumExpWhere(tf.div(similarity, temperature), isNegative, multiplicity),
      tf.scalar(0),
    );
  },
};
