import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';

/**
 * The candidates with all synthetic negatives in one column after the `realColumns`. Its similarity is
 * t log Σ e^(s/t), so that the loss stays the same. The ledger records the columns with the largest
 * pushes; without this it would be full of negatives that are no pictures.
 */
export function gatheredSynthetic(
  { similarity, isNegative, isPositive, ...rest }: Candidates,
  realColumns: number,
  temperature: tf.Scalar,
): Candidates {
  const [anchors, columns] = similarity.shape;
  const sizes = [realColumns, columns - realColumns];
  const [real, synthetic] = tf.split(similarity, sizes, 1);
  const [isReal, isActive] = tf.split(isNegative, sizes, 1);
  const logits = tf.div(synthetic as tf.Tensor2D, temperature);
  const mass = tf.mul(tf.logSumExp(logits, 1, true), temperature);
  const isAny = tf.slice(isActive as tf.Tensor2D, [0, 0], [anchors, 1]);
  return {
    ...rest,
    similarity: tf.concat([real as tf.Tensor2D, mass as tf.Tensor2D], 1),
    isNegative: tf.concat([isReal as tf.Tensor2D, isAny], 1),
    ...(isPositive && {
      isPositive: tf.slice(isPositive as tf.Tensor2D, [0, 0], [anchors, realColumns + 1]),
    }),
  };
}
