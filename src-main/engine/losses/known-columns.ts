import * as tf from '@tensorflow/tfjs';
import type { PairUse } from '../../contract/pair-use.ts';
import type { Candidates } from './candidates.ts';
import { withoutNegatives } from './left-out-negatives.ts';

/** Columns that are known to show what the anchor shows, and what is done with them. */
export interface KnownColumns {
  readonly use: PairUse;
  /** [A, M]. */
  readonly isSame: tf.Tensor;
}

/**
 * The candidates with what is known of pairs applied to an anchor's negatives, [A, M]: `positive` makes
 * columns positives that stay in the denominator, as SupCon's are (Khosla et al. 2020, eq. 2); `attract`
 * makes them positives outside it; `mask` only takes them out. A positive of one source of knowledge is
 * masked by no other.
 */
export function withKnownColumns(
  candidates: Candidates,
  known: readonly KnownColumns[],
): Candidates {
  const columnsOf = (use: PairUse): tf.Tensor | undefined => {
    const same = known.filter((one) => one.use === use).map(({ isSame }) => isSame);
    return same.length === 0 ? undefined : same.reduce((any, one) => tf.logicalOr(any, one));
  };
  const among = (isSame: tf.Tensor | undefined): tf.Tensor | undefined =>
    isSame && tf.logicalAnd(isSame, candidates.isNegative);
  const contrasted = among(columnsOf('positive'));
  const attracted = among(columnsOf('attract'));
  const masked = among(columnsOf('mask'));
  const kept = masked && contrasted ? tf.logicalAnd(masked, tf.logicalNot(contrasted)) : masked;
  const removed = eitherOf(attracted, kept);
  const isPositive = eitherOf(contrasted, attracted);
  return {
    ...(removed ? withoutNegatives(candidates, removed) : candidates),
    ...(isPositive && { isPositive }),
  };
}

function eitherOf(one: tf.Tensor | undefined, other: tf.Tensor | undefined) {
  return one && other ? tf.logicalOr(one, other) : (one ?? other);
}
