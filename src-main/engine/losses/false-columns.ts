import * as tf from '@tensorflow/tfjs';
import { countWhere, excluded } from './masks.ts';

/** Which of a picture's columns are taken for false negatives. */
export interface FalseRule {
  /** How many of a picture's most similar columns may be false negatives. */
  readonly topK: number;
  /** The cosine above which they are, or how it follows from all scores of a step. */
  readonly threshold: tf.Scalar | ((scores: tf.Tensor2D) => tf.Scalar);
}

/** What is added to a number of pairs before it is rounded down: products in float32 are inexact. */
const roundingGuard = 1e-3;

/**
 * True where the column is judged a false negative of the picture, for scores c_ij [B, M] that are
 * `excluded` (-1e9) where the column cannot be one; [B, M].
 */
export function falseColumns(scores: tf.Tensor2D, { topK, threshold }: FalseRule): tf.Tensor {
  const count = scores.shape[1];
  const best = tf.topk(scores, Math.min(topK, count));
  const last = (values: tf.Tensor): tf.Tensor => tf.slice(values, [0, best.values.shape[1] - 1]);
  const columns = tf.range(0, count, 1, 'int32');
  const least = last(best.values);
  // Of equal scores the lower column comes first, as in tf.topk.
  const isTied = tf.logicalAnd(tf.equal(scores, least), tf.lessEqual(columns, last(best.indices)));
  const isAmongBest = tf.logicalOr(tf.greater(scores, least), isTied);
  const cut = typeof threshold === 'function' ? threshold(scores) : threshold;
  return tf.logicalAnd(isAmongBest, tf.greater(scores, cut));
}

/**
 * The threshold at the `quantile` (greater than 0, less than 1) of the scores that are not `excluded`:
 * the least of them with at most the part 1 - quantile above it (NumPy's `inverted_cdf`). Without any
 * score it is `excluded`, and nothing is above it.
 */
export function quantileThreshold(quantile: number): (scores: tf.Tensor2D) => tf.Scalar {
  return (scores) => {
    const pairs = scores.shape[0] * scores.shape[1];
    const most = Math.min(pairs, Math.floor(pairs * (1 - quantile) + roundingGuard) + 1);
    const best = tf.topk(tf.reshape(scores, [1, pairs]), most).values;
    const known = tf.sum(countWhere(tf.greater(scores, excluded)));
    const above = tf.floor(tf.add(tf.mul(known, 1 - quantile), roundingGuard));
    const place = tf.minimum(tf.cast(above, 'int32'), tf.scalar(most - 1, 'int32'));
    return tf.reshape(tf.gather(tf.reshape(best, [most]), tf.reshape(place, [1])), []);
  };
}
