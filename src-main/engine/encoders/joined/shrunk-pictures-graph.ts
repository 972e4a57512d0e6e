import * as tf from '@tensorflow/tfjs';
import { precisionBits, resizingWeights } from '../../pictures/resize-pixels.ts';

/** Half of a weight's bits. */
const halfBits = 2 ** (precisionBits / 2);

/**
 * Pictures [n, from, from, 3] of whole numbers 0 to 255, shrunk to [n, to, to, 3] with the linear filter:
 * the same bytes as `resizePixels` gives, as tfjs operations. Weights are taken in two halves of 11 bits:
 * sums of bytes times a half are whole numbers below 2 ** 24, which float32 holds exactly, as long as a
 * picture shrinks to no less than a fifteenth.
 */
export function shrunkPicturesGraph(pictures: tf.Tensor4D, to: number): tf.Tensor4D {
  const [count, from] = pictures.shape;
  const weights = halves(from, to);
  const rows = tf.transpose(pictures, [0, 3, 1, 2]);
  const narrow = tf.reshape(shrunkRows(rows, weights), [count, 3, from, to]);
  const columns = tf.transpose(narrow, [0, 1, 3, 2]);
  const small = tf.reshape<tf.Rank.R4>(shrunkRows(columns, weights), [count, 3, to, to]);
  return tf.transpose(small, [0, 3, 2, 1]);
}

interface Halves {
  /** The upper and the lower halves of the weights, [from, to]. */
  readonly upper: tf.Tensor2D;
  readonly lower: tf.Tensor2D;
}

function halves(from: number, to: number): Halves {
  const weights = Array.from(resizingWeights(from, to, 'linear'));
  const table = (values: number[]): tf.Tensor2D => tf.tensor2d(values, [from, to], 'float32');
  return {
    upper: table(weights.map((weight) => Math.floor(weight / halfBits))),
    lower: table(weights.map((weight) => weight % halfBits)),
  };
}

/** Values [..., from] as rows [rows, to], rounded to whole numbers. */
function shrunkRows(values: tf.Tensor, { upper, lower }: Halves): tf.Tensor2D {
  const [from] = upper.shape;
  const rows = tf.reshape<tf.Rank.R2>(values, [values.size / from, from]);
  const carried = tf.floor(tf.div(tf.matMul(rows, lower), halfBits));
  const sums = tf.add(tf.matMul(rows, upper), carried);
  return tf.floor(tf.div(tf.add(sums, halfBits / 2), halfBits));
}
