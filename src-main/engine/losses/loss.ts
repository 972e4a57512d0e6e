import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import type { Candidates } from './candidates.ts';

/** The settings as they enter a graph: scalar inputs, so that a change of one needs no new trace. */
export type LossScalars = Readonly<Record<string, tf.Scalar>>;

export interface LossOutput {
  /** Mean over the A anchors. */
  readonly loss: tf.Scalar;
  /** Of each anchor, in the order of the candidates' rows; [A]. */
  readonly perAnchorLoss: tf.Tensor1D;
  /** The fraction of anchors whose debiased estimate was held at its floor, 0 to 1. */
  readonly clampRate: tf.Scalar;
}

/** The selection and the loss of an objective: turns the candidates of any source into numbers. */
export interface Loss {
  /** The scalars that `of` takes. */
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
  readonly of: (candidates: Candidates, scalars: LossScalars) => LossOutput;
}

/** The output of losses of single anchors, [A, 1]. */
export function meanLoss(perAnchor: tf.Tensor, clampRate: tf.Scalar = tf.scalar(0)): LossOutput {
  const perAnchorLoss = tf.squeeze<tf.Tensor1D>(perAnchor, [1]);
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate };
}

/**
 * The scalar of that name.
 * @throws Error where the caller did not feed it
 */
export function requiredScalar(scalars: LossScalars, name: string): tf.Scalar {
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
