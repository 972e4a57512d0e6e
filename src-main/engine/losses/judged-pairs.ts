import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { countWhere } from './masks.ts';

/**
 * Groups of pictures that a human judged the same: of the anchors, [A], and of the columns, [M];
 * int32.
 */
interface JudgedGroups {
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
}

/**
 * Takes columns of the anchor's own group out of its negatives: they add exactly 0 to the
 * denominator, and N shrinks by them. With `attracts` they become positives. An anchor that has no
 * negative left keeps N = 1, so that log N exists.
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
