import * as tf from '@tensorflow/tfjs';

/** Turns a tensor that an inner scope kept (`tf.keep`) into one that the current scope disposes of. */
export function released(tensor: tf.Tensor): tf.Tensor {
  const free = tf.clone(tensor);
  tensor.dispose();
  return free;
}
