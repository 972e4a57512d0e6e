import * as tf from '@tensorflow/tfjs';
import { lengthEpsilon } from './generator-shape.ts';
import { weightNamed } from './weights.ts';
import type { Weights } from './weights.ts';

/**
 * The negatives that a generator makes of each picture's features [P, d] and each row of noise [K, dim z]
 * (NEGCUT, Wang et al. 2021): n = W2 relu(W1 (f, z) + b1) + b2, divided by its length; [P, K, d]. The first
 * layer is applied to features and noise apart, and the results added.
 */
export function generateNegatives(
  features: tf.Tensor2D,
  noise: tf.Tensor2D,
  weights: Weights,
): tf.Tensor3D {
  const [pictures, width] = features.shape;
  const count = noise.shape[0];
  const first = weightNamed(weights, '0.weight') as tf.Tensor2D;
  const ofFeatures = tf.matMul(features, tf.slice2d(first, [0, 0], [width, -1]));
  const ofNoise = tf.matMul(noise, tf.slice2d(first, [width, 0], [-1, -1]));
  const sums = tf.add(tf.expandDims(ofFeatures, 1), tf.expandDims(ofNoise, 0));
  const hidden = tf.relu(tf.add(sums, weightNamed(weights, '0.bias')));
  const rows = tf.reshape<tf.Rank.R2>(hidden, [pictures * count, -1]);
  const products = tf.matMul(rows, weightNamed(weights, '2.weight'));
  const negatives = tf.add(products, weightNamed(weights, '2.bias'));
  const length = tf.sqrt(tf.sum(tf.square(negatives), 1, true));
  return tf.reshape(tf.div(negatives, tf.add(length, lengthEpsilon)), [pictures, count, width]);
}
