import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { countWhere } from './masks.ts';

/**
 * The number of the group that a person judged the same, of each anchor, [A], and column, [M];
 * int32.
 */
interface JudgedGroups {
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
}

/**
 * The candidates without the columns of the anchor's own group among its negatives: those add exactly
 * 0 to the denominator, and N is smaller by their number. With `attracts` they become positives. For
 * an anchor without any negative left N is 1, so that log N exists.
 */
export function judgedCandidates(
  candidates: Candidates,
  { rows, columns }: JudgedGroups,
  attracts: boolean,
): Candidates {
  const { isNegative, multiplicity, negatives } = candidates;
  const isInGroup = tf.equal(tf.expandDims(rows, 1), tf.expandDims(columns, 0));
  const isSame = tf.logicalAnd(isInGroup, isNegative);
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
