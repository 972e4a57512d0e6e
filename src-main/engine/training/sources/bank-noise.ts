import * as tf from '@tensorflow/tfjs';
import { logNormaliser } from '../../objectives/binary-nce.ts';
import type { Candidates } from '../../objectives/candidates.ts';
import { requiredScalar } from '../../objectives/selection.ts';
import type { ObjectiveScalars } from '../../objectives/selection.ts';
import type { BankDraws } from './bank-draws.ts';

/** log Z before the first batch has set it: of a Z of 0. */
export const unsetLogNormaliser = -1e30;

/** The candidates with the log Z that is carried, or with their own where there is none yet. */
export function withNoise(
  { rows, draws }: BankDraws,
  candidates: Candidates,
  scalars: ObjectiveScalars,
  carried: tf.Tensor,
): Candidates {
  const temperature = requiredScalar(scalars, 'temperature');
  const ofBatch = logNormaliser(candidates, temperature, tf.scalar(rows));
  const isUnset = tf.less(carried, unsetLogNormaliser / 2);
  return {
    ...candidates,
    logNormaliser: tf.where<tf.Tensor>(isUnset, ofBatch, carried),
    noiseRatio: tf.scalar((draws === 0 ? rows : draws) / rows),
  };
}
