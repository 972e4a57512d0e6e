import * as tf from '@tensorflow/tfjs';
import { onlyWhere } from './masks.ts';

/**
 * log Σ_j m_ij e^(l_ij) over the columns where `isIncluded`; [A, 1]. m is the `multiplicity` [A, M],
 * at least 1 where included; 1 if undefined.
 */
export function logSumExpWhere(
  logits: tf.Tensor2D,
  isIncluded: tf.Tensor,
  multiplicity?: tf.Tensor2D,
): tf.Tensor2D {
  const counted =
    multiplicity === undefined
      ? logits
      : tf.add<tf.Tensor2D>(logits, tf.log(tf.maximum(multiplicity, 1)));
  return tf.logSumExp(onlyWhere(counted, isIncluded), 1, true);
}

/**
 * log(1 + e^x) that overflows for no x. Written as x/2 + |x|/2 + log1p(e^-|x|), its gradient is
 * sigmoid(x) also at 0, whatever the backend takes for the slope of |x| there.
 */
export function softplus<T extends tf.Tensor>(x: T): T {
  const magnitude = tf.abs(x);
  const linear = tf.mul(tf.add(x, magnitude), 0.5);
  return tf.add(linear, tf.log1p(tf.exp(tf.neg(magnitude))));
}
