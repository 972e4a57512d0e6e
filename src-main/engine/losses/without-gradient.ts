import * as tf from '@tensorflow/tfjs';

/**
 * `compute(x)` as a constant of the gradient. For comparisons and ranks: they have no slope, and
 * tfjs refuses to go back through their kernels.
 */
export function withoutGradient<X extends tf.Tensor, Y extends tf.Tensor>(
  x: X,
  compute: (x: X) => Y,
): Y {
  const detached = tf.customGrad<Y>((input) => ({
    value: compute(input as X),
    gradFunc: () => tf.zeros((input as X).shape),
  }));
  return detached(x);
}
