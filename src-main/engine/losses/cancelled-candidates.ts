import * as tf from '@tensorflow/tfjs';
import { falseNegatives } from './cancellation.ts';
import type { CancellationRule } from './cancellation.ts';
import type { Candidates } from './candidates.ts';
import { countWhere } from './candidates.ts';
import { withoutGradient } from './without-gradient.ts';

/**
 * The in-batch candidates of V views of B pictures, view after view, V·B × d, with FNC's suspicion
 * (`cancellation`): the positive is the picture's next view, its other views are attracted, and its
 * false negatives are attracted too or are no negatives. For the selection `attraction`.
 */
export function cancelledCandidates(
  views: tf.Tensor2D,
  viewCount: number,
  rule: Pick<CancellationRule, 'topK' | 'threshold' | 'mode'>,
): Candidates {
  const rows = views.shape[0];
  const pictures = rows / viewCount;
  const next = tf.concat<tf.Tensor2D>([
    tf.slice(views, [pictures, 0], [rows - pictures, -1]),
    tf.slice(views, [0, 0], [pictures, -1]),
  ]);
  const relation = relations(rows, pictures);
  const isFalse = withoutGradient(views, (constant) =>
    tf.tile(falseNegatives(constant, viewCount, rule), [viewCount, 1]),
  );
  const isAttracting = rule.mode === 'attraction';
  const isNegative = withoutGradient(isFalse, (found) =>
    isAttracting ? relation.isOther : tf.logicalAnd(relation.isOther, tf.logicalNot(found)),
  );
  return {
    similarity: tf.matMul(views, views, false, true),
    positiveSimilarity: tf.sum<tf.Tensor2D>(tf.mul(views, next), 1, true),
    isNegative,
    negatives: withoutGradient(isNegative, (included) => countWhere(included)),
    attracted: withoutGradient(isFalse, (found) =>
      isAttracting ? tf.logicalOr(relation.isOwn, found) : relation.isOwn,
    ),
  };
}

/** Of each row and column: whether it is another row and not its positive, and whether one more view of its picture. */
function relations(rows: number, pictures: number): { isOther: tf.Tensor; isOwn: tf.Tensor } {
  const place = Int32Array.from({ length: rows }, (_, row) => row);
  const [row, column] = [tf.tensor2d(place, [rows, 1]), tf.tensor2d(place, [1, rows])];
  const positive = tf.tensor2d(
    place.map((at) => (at + pictures) % rows),
    [rows, 1],
  );
  const picture = (shape: [number, number]): tf.Tensor =>
    tf.tensor2d(
      place.map((at) => at % pictures),
      shape,
    );
  const isOther = tf.logicalAnd(tf.notEqual(row, column), tf.notEqual(positive, column));
  const isOfPicture = tf.equal(picture([rows, 1]), picture([1, rows]));
  return { isOther, isOwn: tf.logicalAnd(isOfPicture, isOther) };
}
