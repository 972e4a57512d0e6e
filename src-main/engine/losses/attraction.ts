import * as tf from '@tensorflow/tfjs';
import { countWhere, logSumExpWhere } from './candidates.ts';
import { requiredNumbers, requiredScalar } from './selection.ts';
import type { Selection } from './selection.ts';

/**
 * InfoNCE with more than one positive (FNC's attraction, Huynh et al. 2022): of each anchor the
 * logarithm of the whole denominator, positive and negatives, less the mean of s / t over the positive
 * and the attracted columns. Those are in the denominator where `isNegative` says so.
 */
export const attraction: Selection = {
  scalarNames: ['temperature'],
  scalars: (settings) => requiredNumbers(settings, ['temperature']),
  loss: ({ similarity, positiveSimilarity, isNegative, attracted }, scalars) => {
    const temperature = requiredScalar(scalars, 'temperature');
    const logits = tf.div<tf.Tensor2D>(similarity, temperature);
    const logPositive = tf.div<tf.Tensor2D>(positiveSimilarity, temperature);
    const masses = [logPositive, logSumExpWhere(logits, isNegative)];
    const denominator = tf.logSumExp(tf.concat(masses, 1), 1, true);
    const numerator = attracted
      ? tf.div(
          tf.add(logPositive, tf.sum(tf.mul(logits, tf.cast(attracted, 'float32')), 1, true)),
          tf.add(countWhere(attracted), 1),
        )
      : logPositive;
    const perAnchorLoss = tf.squeeze<tf.Tensor1D>(tf.sub(denominator, numerator), [1]);
    return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate: tf.scalar(0) };
  },
};
