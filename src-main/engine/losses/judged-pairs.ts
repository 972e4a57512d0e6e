import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { isSameNumber, withoutNegatives } from './left-out-negatives.ts';
import type { PairNumbers } from './left-out-negatives.ts';

/**
 * The candidates without the columns of the anchor's own group among its negatives
 * (`withoutNegatives`); `groups` are the numbers of the groups that a person judged the same. With
 * `attracts` those columns become positives.
 */
export function judgedCandidates(
  candidates: Candidates,
  groups: PairNumbers,
  attracts: boolean,
): Candidates {
  const isSame = tf.logicalAnd(isSameNumber(groups), candidates.isNegative);
  return {
    ...withoutNegatives(candidates, isSame),
    ...(attracts && { isPositive: isSame }),
  };
}
