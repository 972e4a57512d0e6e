import * as tf from '@tensorflow/tfjs';
import { isSameNumber } from './left-out-negatives.ts';
import type { PairNumbers } from './left-out-negatives.ts';

/**
 * True where anchor and column share a label, [A, M]. Pictures with several labels have one in each of
 * several slots; -1 is none.
 */
export function sharesLabel(slots: readonly PairNumbers[]): tf.Tensor {
  const pairs = slots.flatMap(({ rows }) =>
    slots.map(({ columns }) =>
      tf.logicalAnd(isSameNumber({ rows, columns }), tf.greaterEqual(tf.expandDims(rows, 1), 0)),
    ),
  );
  return pairs.reduce((any, pair) => tf.logicalOr(any, pair));
}
