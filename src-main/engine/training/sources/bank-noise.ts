import * as tf from '@tensorflow/tfjs';
import { logNormaliser } from '../../losses/binary-nce.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { requiredScalar } from '../../losses/loss.ts';
import type { LossScalars } from '../../losses/loss.ts';
import type { BankDraws } from './bank-draws.ts';

/** log Z before the first batch has set it: of a Z of 0. */
export const unsetLogNormaliser = -1e30;

/** How long a batch's Z is kept: 'first' for good, 'each' for its own step. */
export type NormaliserRule = 'first' | 'each';

/**
 * The candidates with log Z and K / n: the log Z that is carried, or the batch's own where none is
 * set or the rule is 'each'.
 */
export function withNoise(
  { rows, draws }: BankDraws,
  candidates: Candidates,
  scalars: LossScalars,
  carried: tf.Tensor,
  rule: NormaliserRule,
): Candidates {
  const temperature = requiredScalar(scalars, 'temperature');
  const ofBatch = logNormaliser(candidates, temperature, tf.scalar(rows));
  const isUnset = tf.less(carried, unsetLogNormaliser / 2);
  const kept = tf.where<tf.Tensor>(isUnset, ofBatch, carried);
  return {
    ...candidates,
    logNormaliser: rule === 'first' ? kept : ofBatch,
    noiseRatio: tf.scalar((draws === 0 ? rows : draws) / rows),
  };
}
