import * as tf from '@tensorflow/tfjs';

/** A tensor kept as a by-product of an inner scope, as a tensor of the present one. */
export function released(kept: tf.Tensor): tf.Tensor {
  const free = tf.clone(kept);
  kept.dispose();
  return free;
}
