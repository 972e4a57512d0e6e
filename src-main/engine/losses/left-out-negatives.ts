import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { countWhere } from './masks.ts';

/** A number of each anchor, [A], and of each column, [M]; int32. Equal ones belong together. */
export interface PairNumbers {
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
}

/** True where anchor and column have the same number; [A, M]. */
export function isSameNumber({ rows, columns }: PairNumbers): tf.Tensor {
  return tf.equal(tf.expandDims(rows, 1), tf.expandDims(columns, 0));
}

/**
 * The candidates without the negatives where `isLeftOut` [A, M]: those add exactly 0 to the
 * denominator, and N is smaller by their number. For an anchor without any negative left N is 1, so
 * that log N exists.
 */
export function withoutNegatives(candidates: Candidates, isLeftOut: tf.Tensor): Candidates {
  const { isNegative, multiplicity, negatives } = candidates;
  const isRemoved = tf.logicalAnd(isLeftOut, isNegative);
  const count = multiplicity
    ? tf.sum<tf.Tensor2D>(tf.where<tf.Tensor>(isRemoved, multiplicity, tf.scalar(0)), 1, true)
    : countWhere(isRemoved);
  return {
    ...candidates,
    isNegative: tf.logicalAnd(isNegative, tf.logicalNot(isRemoved)),
    negatives: tf.maximum(tf.sub(negatives, count), 1),
  };
}

/** The candidates without the columns that show the anchor's own picture; `pictures` are sample ids. */
export function withoutOwnPicture(candidates: Candidates, pictures: PairNumbers): Candidates {
  return withoutNegatives(candidates, isSameNumber(pictures));
}
