import * as tf from '@tensorflow/tfjs';
import type { Metrics } from '../../../contract/runs.ts';
import { logNormaliser } from '../../losses/binary-nce.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { requiredScalar } from '../../losses/loss.ts';
import type { LossScalars } from '../../losses/loss.ts';
import type { BankDraws } from './bank-draws.ts';
import type { StateArray } from './training-source.ts';

/** Stands for log Z until the first batch has set it. */
export const unsetLogNormaliser = -1e30;

/** The carried log Z of a bank, and those of the lightness and the colour of two banks. */
export const logNormaliserNames = {
  bank: 'logNormaliser',
  lightness: 'lightnessLogNormaliser',
  colour: 'colourLogNormaliser',
} as const;

/** 'first': Z of the first batch stays for the whole training; 'each': every batch has its own Z. */
export type NormaliserRule = 'first' | 'each';

/**
 * The candidates with log Z and K / n for binary NCE. log Z is the carried one; it is the batch's own
 * if none is set yet or the rule is 'each'.
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
  const ofFirst = tf.where<tf.Tensor>(isUnset, ofBatch, carried);
  return {
    ...candidates,
    logNormaliser: rule === 'first' ? ofFirst : ofBatch,
    noiseRatio: tf.scalar((draws === 0 ? rows : draws) / rows),
  };
}

/** log Z of a binary NCE as the last step left it, by which Explore explains; nothing for other losses. */
export function keptNormalisers(
  arrays: Readonly<Record<string, StateArray>>,
): Pick<Metrics, 'logNormalisers'> {
  const { bank, lightness, colour } = logNormaliserNames;
  const kept = [bank, lightness, colour].flatMap((name) => [...(arrays[name] ?? [])]);
  return kept.length === 0 ? {} : { logNormalisers: kept };
}
