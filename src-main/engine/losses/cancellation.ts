import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { falseColumns } from './false-columns.ts';
import type { FalseRule } from './false-columns.ts';
import type { JudgedMasks } from './judged-pairs.ts';
import { withoutNegatives } from './left-out-negatives.ts';
import { countWhere, excluded, onlyWhere, withoutGradient } from './masks.ts';

/** How suspected false negatives are found, and what happens to them. */
export interface CancellationRule extends FalseRule {
  /** `elimination` takes them out of the denominator, `attraction` makes them positives. */
  readonly mode: 'elimination' | 'attraction';
}

/**
 * The candidates of false negative cancellation (FNC, Huynh et al. 2022). `views` are the unit rows
 * of V views of B pictures, view after view, [V·B, d]; each row is an anchor and a column. A column j
 * is a false negative of picture i if c_ij, the largest z_v · z_j over the views v of i, is among the
 * `topK` largest c_i and above `threshold`. `infoNce` of these masks is the paper's loss:
 *
 *     l_i = LSE_{j in D_i} s_ij/t - mean_{j in P_i} s_ij/t
 *
 * Attraction (the official code): D_i is every other row; P_i is the other V - 1 views and the false
 * negatives F_i, which are therefore in both. Elimination (also in the paper): D_i is every other row
 * without F_i; P_i is the other V - 1 views. The anchor's own positive (`positiveSimilarity`) is its
 * next view. The official scalar is twice the mean over the V·B anchors. With verdicts [V·B, V·B] what
 * was judged the same is in F_i, and what was judged different is not, whatever the scores are.
 */
export function cancelledCandidates(
  views: tf.Tensor2D,
  viewCount: number,
  rule: CancellationRule,
  judged: JudgedMasks | null = null,
): Candidates {
  const rows = views.shape[0];
  const pictures = rows / viewCount;
  const next = tf.concat<tf.Tensor2D>([
    tf.slice(views, [pictures, 0], [rows - pictures, -1]),
    tf.slice(views, [0, 0], [pictures, -1]),
  ]);
  const isOther = isNeitherOwnNorNext(rows, pictures);
  const isOwnView = tf.logicalAnd(isOwnPicture(rows, pictures), isOther);
  const isFalse = withoutGradient(views, (constant) =>
    tf.tile(falseNegatives(constant, viewCount, rule, judged), [viewCount, 1]),
  );
  const isAttracting = rule.mode === 'attraction';
  const isNegative = withoutGradient(isFalse, (found) =>
    isAttracting ? isOther : tf.logicalAnd(isOther, tf.logicalNot(found)),
  );
  return {
    similarity: tf.matMul(views, views, false, true),
    positiveSimilarity: tf.sum<tf.Tensor2D>(tf.mul(views, next), 1, true),
    isNegative,
    negatives: withoutGradient(isNegative, countWhere),
    isPositive: withoutGradient(isFalse, (found) =>
      isAttracting ? tf.logicalOr(isOwnView, found) : isOwnView,
    ),
  };
}

/** True where the column is neither the anchor itself nor its next view; [V·B, V·B]. */
function isNeitherOwnNorNext(rows: number, pictures: number): tf.Tensor {
  const row = Array.from({ length: rows }, (_, index) => index);
  const next = row.map((index) => (index + pictures) % rows);
  const differs = (from: number[]): tf.Tensor =>
    tf.notEqual(tf.tensor2d(from, [rows, 1]), tf.tensor2d(row, [1, rows]));
  return tf.logicalAnd(differs(row), differs(next));
}

/** True where row and column are views of one picture; [V·B, V·B]. */
function isOwnPicture(rows: number, pictures: number): tf.Tensor {
  const picture = Int32Array.from({ length: rows }, (_, row) => row % pictures);
  return tf.equal(tf.tensor2d(picture, [rows, 1]), tf.tensor2d(picture, [1, rows]));
}

/** True where the column is taken for a false negative of the picture by rule or verdict; [B, V·B]. */
export function falseNegatives(
  views: tf.Tensor2D,
  viewCount: number,
  rule: FalseRule,
  judged: JudgedMasks | null = null,
): tf.Tensor {
  const scores = supportScores(views, viewCount);
  if (judged === null) return falseColumns(scores, rule);
  const ofFirstViews = (mask: tf.Tensor): tf.Tensor => tf.slice(mask, [0, 0], scores.shape);
  const { isSame, isDifferent } = judged;
  return falseByRuleOrVerdict(scores, rule, {
    isSame: ofFirstViews(isSame),
    ...(isDifferent && { isDifferent: ofFirstViews(isDifferent) }),
  });
}

/** `falseColumns`, of which verdicts decide those that were judged; own columns have no score. */
function falseByRuleOrVerdict(
  scores: tf.Tensor2D,
  rule: FalseRule,
  { isSame, isDifferent }: JudgedMasks,
): tf.Tensor {
  const open = isDifferent ? onlyWhere(scores, tf.logicalNot(isDifferent)) : scores;
  const isKnownFalse = tf.logicalAnd(isSame, tf.greater(scores, excluded));
  return tf.logicalOr(falseColumns(open, rule), isKnownFalse);
}

/**
 * c_ij [B, V·B]: the largest similarity of any view of picture i to column j; -1e9 for its own
 * views.
 */
export function supportScores(views: tf.Tensor2D, viewCount: number): tf.Tensor2D {
  const rows = views.shape[0];
  const pictures = rows / viewCount;
  const isOwn = tf.slice(isOwnPicture(rows, pictures), [0, 0], [pictures, rows]);
  return onlyWhere(memoryScores(views, viewCount, views), tf.logicalNot(isOwn));
}

/**
 * c_ij [B, M]: the largest similarity of any of the V support rows of picture i, `supports` [V·B, d]
 * view after view, to row j of `memory` [M, d].
 */
export function memoryScores(
  supports: tf.Tensor2D,
  viewCount: number,
  memory: tf.Tensor2D,
): tf.Tensor2D {
  const [rows, dimensions] = supports.shape;
  const byView = tf.reshape(supports, [viewCount, rows / viewCount, dimensions]);
  return tf.max(tf.matMul(byView, tf.expandDims(memory, 0), false, true), 0);
}

/**
 * The candidates of a queue or a memory bank with their false negatives cancelled: of the negatives,
 * those that `falseColumns` finds by the scores c_ij [A, M] of the anchors' pictures. Attraction makes
 * them positives that stay in the denominator; elimination leaves them out of it. The scores must be
 * constants in the gradient. Verdicts decide as in `cancelledCandidates`.
 */
export function cancelledInMemory(
  candidates: Candidates,
  scores: tf.Tensor2D,
  rule: CancellationRule,
  judged: JudgedMasks | null = null,
): Candidates {
  const ofNegatives = onlyWhere(scores, candidates.isNegative);
  const isFalse = judged
    ? falseByRuleOrVerdict(ofNegatives, rule, judged)
    : falseColumns(ofNegatives, rule);
  return rule.mode === 'attraction'
    ? { ...candidates, isPositive: isFalse }
    : withoutNegatives(candidates, isFalse);
}
