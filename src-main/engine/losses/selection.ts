import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import type { Candidates } from './candidates.ts';
import { softplus } from './softplus.ts';

/** The settings as they enter a graph: scalar inputs, so that a change of one needs no new trace. */
export type ObjectiveScalars = Readonly<Record<string, tf.Scalar>>;

export interface ObjectiveOutput {
  /** Mean over the A anchors. */
  readonly loss: tf.Scalar;
  /** Of each anchor, in the order of the candidates' rows; A. */
  readonly perAnchorLoss: tf.Tensor1D;
  /** The fraction of anchors whose debiased estimate was held at its floor, 0 to 1. */
  readonly clampRate: tf.Scalar;
}

/**
 * Which negatives of each anchor count, and how much: turns candidates of any source into a loss.
 */
export interface Selection {
  /** The scalars that `loss` takes. */
  readonly scalarNames: readonly string[];
  /**
   * Their values for anchors of `negatives` negatives, from parsed settings.
   * @throws EngineError bad-argument where the settings leave no negative
   */
  readonly scalars: (
    settings: ObjectiveSettings,
    negatives: number,
  ) => Readonly<Record<string, number>>;
  /** The loss of the anchors; that of an anchor depends on its own row of similarities alone. */
  readonly loss: (candidates: Candidates, scalars: ObjectiveScalars) => ObjectiveOutput;
}

/**
 * -log(P / (P + G)) of each anchor from log P (the positive) and log G (the negatives), both A × 1.
 */
export function contrast(
  logPositive: tf.Tensor2D,
  logNegatives: tf.Tensor2D,
  clampRate: tf.Scalar,
): ObjectiveOutput {
  const perAnchorLoss = tf.squeeze<tf.Tensor1D>(softplus(tf.sub(logNegatives, logPositive)), [1]);
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate };
}

/**
 * The scalar of that name.
 * @throws Error where the caller did not feed it
 */
export function requiredScalar(scalars: ObjectiveScalars, name: string): tf.Scalar {
  const scalar = scalars[name];
  if (scalar === undefined) throw new Error(`The objective was given no scalar "${name}".`);
  return scalar;
}

/**
 * The numbers of those names among parsed settings.
 * @throws Error where one is missing: the settings were not parsed for this preset
 */
export function requiredNumbers(
  settings: ObjectiveSettings,
  names: readonly (keyof ObjectiveSettings)[],
): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => {
      const value = settings[name];
      if (typeof value !== 'number') throw new Error(`The settings hold no number "${name}".`);
      return [name, value];
    }),
  );
}
