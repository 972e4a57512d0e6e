import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere } from './candidates.ts';
import type { ObjectiveOutput } from './selection.ts';
import { withoutGradient } from './without-gradient.ts';

/** How suspected false negatives are found and what becomes of them. */
export interface CancellationRule {
  readonly temperature: tf.Scalar;
  /** How many of a picture's most similar columns may be false negatives. */
  readonly topK: number;
  /** The cosine above which they are. */
  readonly threshold: tf.Scalar;
  /** Whether they leave the denominator or join the positives. */
  readonly mode: 'elimination' | 'attraction';
}

/** Below any cosine, and exact in float32. */
const ofOwnPicture = -1e9;

/**
 * False negative cancellation (FNC, Huynh et al. 2020) of V views of B pictures, rows of unit length
 * and view after view, V·B × d. A column j is a false negative of picture i where
 * c_ij = max over the views v of i of z_v · z_j is among the `topK` largest and above `threshold`.
 * Attraction (the official code): LSE of all but the anchor itself minus the mean of s/t over its
 * V - 1 other views and its false negatives F_i, which stay in the denominator. Elimination (the
 * paper's other half): F_i leaves the denominator and the numerator is of the other views alone.
 * Mean over the V·B anchors; the official scalar is twice this.
 */
export function cancellation(
  views: tf.Tensor2D,
  viewCount: number,
  rule: CancellationRule,
): ObjectiveOutput {
  const logits = tf.div<tf.Tensor2D>(tf.matMul(views, views, false, true), rule.temperature);
  const weights = withoutGradient(views, (constant) =>
    tf.cast(positiveColumns(constant, viewCount, rule), 'float32'),
  );
  const denominator = withoutGradient(views, (constant) =>
    denominatorColumns(constant, viewCount, rule),
  );
  const attracted = tf.div(tf.sum(tf.mul(logits, weights), 1), tf.sum(weights, 1));
  const mass = tf.squeeze<tf.Tensor1D>(logSumExpWhere(logits, denominator), [1]);
  const perAnchorLoss = tf.sub<tf.Tensor1D>(mass, attracted);
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate: tf.scalar(0) };
}

/** True where the column is in the numerator of the row; V·B × V·B. */
function positiveColumns(views: tf.Tensor2D, viewCount: number, rule: CancellationRule): tf.Tensor {
  const rows = views.shape[0];
  const isPositive = tf.logicalAnd(isOwnPicture(rows, rows / viewCount), isOtherRow(rows));
  if (rule.mode === 'elimination') return isPositive;
  return tf.logicalOr(isPositive, falseOfAnchors(views, viewCount, rule));
}

/** True where the column is in the denominator of the row; V·B × V·B. */
function denominatorColumns(
  views: tf.Tensor2D,
  viewCount: number,
  rule: CancellationRule,
): tf.Tensor {
  const isOther = isOtherRow(views.shape[0]);
  if (rule.mode === 'attraction') return isOther;
  return tf.logicalAnd(isOther, tf.logicalNot(falseOfAnchors(views, viewCount, rule)));
}

function falseOfAnchors(views: tf.Tensor2D, viewCount: number, rule: CancellationRule): tf.Tensor {
  return tf.tile(falseNegatives(views, viewCount, rule), [viewCount, 1]);
}

function isOtherRow(rows: number): tf.Tensor {
  const row = tf.range(0, rows, 1, 'int32');
  return tf.notEqual(tf.expandDims(row, 1), row);
}

/** True where row and column are views of one picture; V·B × V·B. */
function isOwnPicture(rows: number, pictures: number): tf.Tensor {
  const picture = Int32Array.from({ length: rows }, (_, row) => row % pictures);
  return tf.equal(tf.tensor2d(picture, [rows, 1]), tf.tensor2d(picture, [1, rows]));
}

/** True where the column is taken for a false negative of the picture; B × V·B. */
export function falseNegatives(
  views: tf.Tensor2D,
  viewCount: number,
  { topK, threshold }: Pick<CancellationRule, 'topK' | 'threshold'>,
): tf.Tensor {
  const scores = supportScores(views, viewCount);
  const columns = views.shape[0];
  const best = tf.topk(scores, Math.min(topK, columns));
  const last = (values: tf.Tensor): tf.Tensor => tf.slice(values, [0, best.values.shape[1] - 1]);
  const places = tf.range(0, columns, 1, 'int32');
  const least = last(best.values);
  // Equal scores: the lower column first, as the top-k itself takes them.
  const isTied = tf.logicalAnd(tf.equal(scores, least), tf.lessEqual(places, last(best.indices)));
  const isAmongBest = tf.logicalOr(tf.greater(scores, least), isTied);
  return tf.logicalAnd(isAmongBest, tf.greater(scores, threshold));
}

/** c_ij: the largest similarity of any view of the picture to the column, own columns far below; B × V·B. */
export function supportScores(views: tf.Tensor2D, viewCount: number): tf.Tensor2D {
  const [rows, dimensions] = views.shape;
  const pictures = rows / viewCount;
  const byView = tf.reshape(views, [viewCount, pictures, dimensions]);
  const products = tf.matMul(byView, tf.expandDims(views, 0), false, true);
  const isOwn = tf.slice(isOwnPicture(rows, pictures), [0, 0], [pictures, rows]);
  return tf.where<tf.Tensor>(isOwn, tf.scalar(ofOwnPicture), tf.max(products, 0)) as tf.Tensor2D;
}
