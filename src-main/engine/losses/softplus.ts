import * as tf from '@tensorflow/tfjs';

/**
 * log(1 + e^x) that overflows for no x. Written as x/2 + |x|/2 + log1p(e^-|x|), its gradient is
 * sigmoid(x) also at 0, whatever the backend takes for the slope of |x| there.
 */
export function softplus<T extends tf.Tensor>(x: T): T {
  const magnitude = tf.abs(x);
  const linear = tf.mul(tf.add(x, magnitude), 0.5);
  return tf.add(linear, tf.log1p(tf.exp(tf.neg(magnitude))));
}
