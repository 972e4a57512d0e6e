import * as tf from '@tensorflow/tfjs';

/**
 * Anchors against their candidates, whatever source they come from: A anchors, M columns of
 * similarities. A selection turns them into a loss of each anchor.
 */
export interface Candidates {
  /** Cosines, A × M; the gradient flows through them as the source wants. */
  readonly similarity: tf.Tensor2D;
  /** Of each anchor to its own positive, A × 1. */
  readonly positiveSimilarity: tf.Tensor2D;
  /** True where the column is a negative of the row's anchor; broadcasts to A × M. */
  readonly isNegative: tf.Tensor;
  /** N, how many negatives each anchor has; A × 1. */
  readonly negatives: tf.Tensor2D;
  /** How often each column counts where it is a negative (draws with replacement); A × M, else once. */
  readonly multiplicity?: tf.Tensor2D;
  /** For the ring: how often each of its elements is drawn (see `drawsInRing`); all once where left out. */
  readonly ringDraws?: tf.Tensor2D;
  /** For binary NCE: log Z, one or A × 1, and K / n, draws of an anchor by pictures in the bank. */
  readonly logNormaliser?: tf.Tensor;
  readonly noiseRatio?: tf.Scalar;
  /** True where the column is one more positive of the row's anchor; broadcasts to A × M. */
  readonly attracted?: tf.Tensor;
}

/** Far below any logit and exact in float32; its exponential is 0 beside any other. */
const excludedLogit = -1e9;

/**
 * log Σ exp over the columns of each row where `isIncluded`, each counted as often as `multiplicity`
 * says, at least once; rows × 1.
 */
export function logSumExpWhere(
  logits: tf.Tensor2D,
  isIncluded: tf.Tensor,
  multiplicity?: tf.Tensor2D,
): tf.Tensor2D {
  const counted =
    multiplicity === undefined
      ? logits
      : tf.add<tf.Tensor2D>(logits, tf.log(tf.maximum(multiplicity, 1)));
  return tf.logSumExp(onlyWhere(counted, isIncluded), 1, true);
}

/** The values where `isIncluded`, elsewhere what is below any cosine and any logit; rows × columns. */
export function onlyWhere(values: tf.Tensor2D, isIncluded: tf.Tensor): tf.Tensor2D {
  return tf.where<tf.Tensor>(isIncluded, values, tf.scalar(excludedLogit)) as tf.Tensor2D;
}

/** How many columns of each row are true where every row of `isIncluded` is its own; rows × 1. */
export function countWhere(isIncluded: tf.Tensor): tf.Tensor2D {
  return tf.sum(tf.cast(isIncluded, 'float32'), 1, true);
}
