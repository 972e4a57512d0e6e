import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { countWhere } from './masks.ts';

/** Which columns are the same as which anchors: by the number of a group, and pair by pair. */
interface JudgedColumns {
  /** The number of the group of each anchor, [A], and column, [M]; int32. */
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
  /** Not 0 where a pair besides those of one group is the same, [A, M]; int32. */
  readonly pairs?: tf.Tensor2D;
}

/**
 * The candidates without the columns among an anchor's negatives that are the same as it: those add
 * exactly 0 to the denominator, and N is smaller by their number. With `attracts` they become
 * positives. For an anchor without any negative left N is 1, so that log N exists.
 */
export function judgedCandidates(
  candidates: Candidates,
  { rows, columns, pairs }: JudgedColumns,
  attracts: boolean,
): Candidates {
  const { isNegative, multiplicity, negatives } = candidates;
  const isInGroup = tf.equal(tf.expandDims(rows, 1), tf.expandDims(columns, 0));
  const isJudged = pairs ? tf.logicalOr(isInGroup, tf.greater(pairs, 0)) : isInGroup;
  const isSame = tf.logicalAnd(isJudged, isNegative);
  const count = multiplicity
    ? tf.sum<tf.Tensor2D>(tf.where<tf.Tensor>(isSame, multiplicity, tf.scalar(0)), 1, true)
    : countWhere(isSame);
  return {
    ...candidates,
    isNegative: tf.logicalAnd(isNegative, tf.logicalNot(isSame)),
    negatives: tf.maximum(tf.sub(negatives, count), 1),
    ...(attracts && { isPositive: isSame }),
  };
}
