import * as tf from '@tensorflow/tfjs';

/** Below any cosine and any logit, and exact in float32; its exponential is 0. */
export const excluded = -1e9;

/** The values where `isIncluded`, -1e9 elsewhere; [A, M]. */
export function onlyWhere(values: tf.Tensor2D, isIncluded: tf.Tensor): tf.Tensor2D {
  return tf.where<tf.Tensor>(isIncluded, values, tf.scalar(excluded)) as tf.Tensor2D;
}

/** The number of true columns of each row of `isIncluded` [A, M]; [A, 1]. */
export function countWhere(isIncluded: tf.Tensor): tf.Tensor2D {
  return tf.sum(tf.cast(isIncluded, 'float32'), 1, true);
}

/**
 * `compute(x)` as a constant in the gradient. For comparisons and ranks: tfjs has no gradients of
 * their kernels and would throw.
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

/**
 * `compute()` as a constant that is not connected to what it is computed from, so that comparisons and
 * masks of it need no `withoutGradient` of their own.
 */
export function disconnected<Y extends tf.Tensor>(compute: () => Y): Y {
  return withoutGradient(tf.scalar(0), compute);
}
