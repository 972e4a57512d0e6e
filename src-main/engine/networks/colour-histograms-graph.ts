import * as tf from '@tensorflow/tfjs';
import { colourHistogramsLength, levels, quarters } from './colour-histograms.ts';

/**
 * `colourHistograms` as tfjs operations: of pictures [n, side, side, 3] of 0 to 255, `side` even;
 * [n, features].
 */
export function colourHistogramsGraph(pictures: tf.Tensor4D): tf.Tensor2D {
  const [count, side] = pictures.shape;
  const half = side / 2;
  const halves = tf.reshape(pictures, [count, 2, half, 2, half, 3]);
  const pixels = tf.reshape(tf.transpose(halves, [0, 1, 3, 2, 4, 5]), [
    ...[count * quarters, half * half, 3, 1],
  ]);
  const from = tf.sub(tf.mul(pixels, (levels - 1) / 255), tf.range(0, levels));
  const shares = tf.relu(tf.sub(1, tf.abs(from)));
  const channels = tf.split(shares, 3, 2);
  const of = (channel: number, shape: number[]): tf.Tensor =>
    tf.reshape(channels[channel] as tf.Tensor, [count * quarters, half * half, ...shape]);
  const redAndGreen = tf.mul(of(0, [levels, 1]), of(1, [1, levels]));
  const pairs = tf.reshape(redAndGreen, [count * quarters, half * half, levels * levels]);
  // The product sums over the pixels the shares of each red and green times those of each blue.
  const counts = tf.matMul(pairs, of(2, [levels]), true, false);
  return tf.reshape(tf.sqrt(counts), [count, colourHistogramsLength]);
}
