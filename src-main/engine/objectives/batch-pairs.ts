import * as tf from '@tensorflow/tfjs';

/**
 * The similarities within a batch of two views: rows and columns 0..B-1 are z1, B..2B-1 z2. All 2B
 * rows are anchors; the negatives of one are all rows of other pictures, same-view pairs included.
 */
export interface BatchPairs {
  /** Cosines, 2B × 2B. */
  readonly similarity: tf.Tensor2D;
  /** Of each anchor to the other view of its picture, 2B × 1. */
  readonly positiveSimilarity: tf.Tensor2D;
  /** True where the column is a negative of the row's anchor, 2B × 2B. */
  readonly isNegative: tf.Tensor;
  /** N = 2B - 2. */
  readonly negatives: number;
}

/** Far below any logit and exact in float32; its exponential is 0 beside any other. */
const excludedLogit = -1e9;

/** Pairs the unit rows of two views, each B × d with B at least 2. */
export function pairBatch(z1: tf.Tensor2D, z2: tf.Tensor2D): BatchPairs {
  const batch = z1.shape[0];
  const all = tf.concat([z1, z2], 0);
  const partner = tf.sum<tf.Tensor2D>(tf.mul(z1, z2), 1, true);
  const picture = Array.from({ length: 2 * batch }, (_, row) => row % batch);
  return {
    similarity: tf.matMul(all, all, false, true),
    positiveSimilarity: tf.concat([partner, partner], 0),
    isNegative: tf.notEqual(
      tf.tensor2d(picture, [2 * batch, 1], 'int32'),
      tf.tensor2d(picture, [1, 2 * batch], 'int32'),
    ),
    negatives: 2 * batch - 2,
  };
}

/** log Σ exp over the columns of each row where `isIncluded`; rows × 1. */
export function logSumExpWhere(logits: tf.Tensor2D, isIncluded: tf.Tensor): tf.Tensor2D {
  const included = tf.where<tf.Tensor>(isIncluded, logits, tf.scalar(excludedLogit));
  return tf.logSumExp(included, 1, true);
}
