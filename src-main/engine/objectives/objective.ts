import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objective-settings.ts';
import { softplus } from './softplus.ts';

/** The settings as they enter a graph: scalar inputs, so that a change of one needs no new trace. */
export type ObjectiveScalars = Readonly<Record<string, tf.Scalar>>;

export interface ObjectiveOutput {
  /** Mean over the 2B anchors. */
  readonly loss: tf.Scalar;
  /** Of each anchor, 2B: the first views, then the second. */
  readonly perAnchorLoss: tf.Tensor1D;
  /** The fraction of anchors whose debiased estimate was held at its floor, 0 to 1. */
  readonly clampRate: tf.Scalar;
}

/** A loss between two views of a batch. */
export interface Objective {
  /** The scalars that `loss` takes. */
  readonly scalarNames: readonly string[];
  /**
   * Their values for anchors of `negatives` negatives, from the preset's parsed settings.
   * @throws EngineError bad-argument where the settings leave no negative
   */
  readonly scalars: (
    settings: ObjectiveSettings,
    negatives: number,
  ) => Readonly<Record<string, number>>;
  /** The loss of unit rows z1 and z2, both B × d: row i of each is a view of picture i. */
  readonly loss: (z1: tf.Tensor2D, z2: tf.Tensor2D, scalars: ObjectiveScalars) => ObjectiveOutput;
}

/**
 * -log(P / (P + G)) of each anchor from log P (the positive) and log G (the negatives), both 2B × 1.
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
