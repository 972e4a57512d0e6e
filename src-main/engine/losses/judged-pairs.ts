import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { isSameNumber, withoutNegatives } from './left-out-negatives.ts';
import type { PairNumbers } from './left-out-negatives.ts';

/** Which columns are the same as which anchors: by the number of a group, and pair by pair. */
export interface JudgedColumns extends PairNumbers {
  /** Not 0 where a pair besides those of one group is the same, [A, M]; int32. */
  readonly pairs?: tf.Tensor2D;
}

/** What verdicts say of anchors and columns, [A, M]. */
export interface JudgedMasks {
  readonly isSame: tf.Tensor;
  /** Undefined where what was judged different is treated as any negative. */
  readonly isDifferent?: tf.Tensor;
}

/** True where a column was judged the same as an anchor, in one group or as a pair; [A, M]. */
export function isJudgedSame({ pairs, ...groups }: JudgedColumns): tf.Tensor {
  const isInGroup = isSameNumber(groups);
  return pairs ? tf.logicalOr(isInGroup, tf.greater(pairs, 0)) : isInGroup;
}

/**
 * The candidates without the columns among an anchor's negatives that are the same as it
 * (`withoutNegatives`); `rows` and `columns` are the numbers of the groups that a person judged the
 * same. With `attracts` those columns become positives.
 */
export function judgedCandidates(
  candidates: Candidates,
  judged: JudgedColumns,
  attracts: boolean,
): Candidates {
  const isSame = tf.logicalAnd(isJudgedSame(judged), candidates.isNegative);
  return {
    ...withoutNegatives(candidates, isSame),
    ...(attracts && { isPositive: isSame }),
  };
}
