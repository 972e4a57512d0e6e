import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { isSameNumber, withoutNegatives } from './left-out-negatives.ts';
import type { PairNumbers } from './left-out-negatives.ts';

/** Which columns are the same as which anchors: by the number of a group, and pair by pair. */
interface JudgedColumns extends PairNumbers {
  /** Not 0 where a pair besides those of one group is the same, [A, M]; int32. */
  readonly pairs?: tf.Tensor2D;
}

/**
 * The candidates without the columns among an anchor's negatives that are the same as it
 * (`withoutNegatives`); `rows` and `columns` are the numbers of the groups that a person judged the
 * same. With `attracts` those columns become positives.
 */
export function judgedCandidates(
  candidates: Candidates,
  { pairs, ...groups }: JudgedColumns,
  attracts: boolean,
): Candidates {
  const isInGroup = isSameNumber(groups);
  const isJudged = pairs ? tf.logicalOr(isInGroup, tf.greater(pairs, 0)) : isInGroup;
  const isSame = tf.logicalAnd(isJudged, candidates.isNegative);
  return {
    ...withoutNegatives(candidates, isSame),
    ...(attracts && { isPositive: isSame }),
  };
}
