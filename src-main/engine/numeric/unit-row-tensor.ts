import * as tf from '@tensorflow/tfjs';

const smallestSquare = 1e-12;

/** Rows divided by their lengths, [n, width]. */
export function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  const squares = tf.sum(tf.square(rows), 1, true);
  return tf.mul(rows, tf.rsqrt(tf.maximum(squares, smallestSquare)));
}
