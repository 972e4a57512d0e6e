import * as tf from '@tensorflow/tfjs';
import type { LossScalars } from '../../losses/loss.ts';

/** Gives the logarithm of a negative's weight by its similarity, but for a constant of the anchor. */
export type WeightLogit = (similarity: number) => number;

/**
 * The logarithm of the weights that an objective's scalars give its negatives: β s / t of HCL, the
 * Gaussian of ADNCE, 0 for an objective that weighs all alike.
 */
export function weightLogit({
  beta = 0,
  temperature = 1,
  gaussMean,
  gaussSigma = 1,
}: Readonly<Record<string, number>>): WeightLogit {
  if (gaussMean === undefined) return (similarity) => (beta / temperature) * similarity;
  return (similarity) => -(((similarity - gaussMean) / gaussSigma) ** 2) / 2;
}

/** The same in a step's graph, of similarities [A, M]. */
export function weightLogits(
  similarity: tf.Tensor2D,
  { beta, temperature, gaussMean, gaussSigma }: LossScalars,
): tf.Tensor2D {
  if (gaussMean && gaussSigma) {
    const deviations = tf.div(tf.sub(similarity, gaussMean), gaussSigma);
    return tf.mul<tf.Tensor2D>(tf.square(deviations), -0.5);
  }
  if (beta && temperature) return tf.div<tf.Tensor2D>(tf.mul(similarity, beta), temperature);
  return tf.zerosLike(similarity);
}
