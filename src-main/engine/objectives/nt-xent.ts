import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere, pairBatch } from './batch-pairs.ts';
import { contrast, requiredNumbers, requiredScalar } from './objective.ts';
import type { Objective } from './objective.ts';

/**
 * NT-Xent: -log(e^(s+/t) / (e^(s+/t) + Σ e^(s/t))) over the 2(B-1) negatives, mean over the 2B
 * anchors (Chen et al. 2020, eq. 1; the official code's scalar is twice this).
 */
export const ntXent: Objective = {
  scalarNames: ['temperature'],
  scalars: (settings) => requiredNumbers(settings, ['temperature']),
  loss: (z1, z2, scalars) => {
    const temperature = requiredScalar(scalars, 'temperature');
    const { similarity, positiveSimilarity, isNegative } = pairBatch(z1, z2);
    return contrast(
      tf.div(positiveSimilarity, temperature),
      logSumExpWhere(tf.div(similarity, temperature), isNegative),
      tf.scalar(0),
    );
  },
};
