import * as tf from '@tensorflow/tfjs';

/**
 * How often each column was drawn, with replacement, from the ring of its row's anchor (the official
 * NCERing): `draws` is A × R, the draws of the m-th element of the ring, elements in the order of
 * their columns, R at least the ring's size; A × M, 0 outside the ring.
 */
export function drawsInRing(isInRing: tf.Tensor, draws: tf.Tensor2D): tf.Tensor2D {
  const [anchors, elements] = draws.shape;
  const member = tf.sub(tf.cumsum(tf.cast(isInRing, 'float32'), 1), 1);
  const firstOfRow = tf.mul(tf.range(0, anchors, 1, 'int32'), tf.scalar(elements, 'int32'));
  // A column before the first element of the ring would be number -1.
  const place = tf.add(tf.cast(tf.maximum(member, 0), 'int32'), tf.expandDims(firstOfRow, 1));
  const counts = tf.gather(tf.reshape(draws, [-1]), place);
  return tf.where<tf.Tensor>(isInRing, counts, tf.scalar(0)) as tf.Tensor2D;
}
