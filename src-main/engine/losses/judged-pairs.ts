import * as tf from '@tensorflow/tfjs';
import { isSameNumber } from './left-out-negatives.ts';
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

/** True where anchor and column were judged the same, [A, M]; `rows` and `columns` number their groups. */
export function isJudgedSame({ pairs, ...groups }: JudgedColumns): tf.Tensor {
  const isInGroup = isSameNumber(groups);
  return pairs ? tf.logicalOr(isInGroup, tf.greater(pairs, 0)) : isInGroup;
}
