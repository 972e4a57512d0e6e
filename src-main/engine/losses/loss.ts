import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import type { Candidates } from './candidates.ts';

/** An objective's settings as scalar inputs of the graph, so that changing one needs no new trace. */
export type LossScalars = Readonly<Record<string, tf.Scalar>>;

/** What a loss gives for A anchors. */
export interface LossOutput {
  /** Mean over the A anchors. */
  readonly loss: tf.Scalar;
  /** Of each anchor, in the order of the candidates' rows; [A]. */
  readonly perAnchorLoss: tf.Tensor1D;
  /** The fraction of anchors whose debiased estimate was held at its floor, 0 to 1. */
  readonly clampRate: tf.Scalar;
}

/** The selection and the loss of an objective together: computes a number from candidates. */
export interface Loss {
  /** The scalars that `of` takes. */
  readonly scalarNames: readonly string[];
  /**
   * The values of those scalars, from parsed settings, for anchors with `negatives` negatives each.
   * @throws EngineError bad-argument where the settings leave no negative
   */
  readonly scalars: (
    settings: ObjectiveSettings,
    negatives: number,
  ) => Readonly<Record<string, number>>;
  /** The loss of the anchors. The loss of one anchor depends on its own row of similarities only. */
  readonly of: (candidates: Candidates, scalars: LossScalars) => LossOutput;
}

/** The output for losses of single anchors, [A, 1]: their mean, and each. */
export function meanLoss(perAnchor: tf.Tensor, clampRate: tf.Scalar = tf.scalar(0)): LossOutput {
  const perAnchorLoss = tf.squeeze<tf.Tensor1D>(perAnchor, [1]);
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate };
}

/**
 * The scalar of that name.
 * @throws Error if it is missing
 */
export function requiredScalar(scalars: LossScalars, name: string): tf.Scalar {
  const scalar = scalars[name];
  if (scalar === undefined) throw new Error(`The objective has no scalar "${name}".`);
  return scalar;
}

/**
 * The numbers of those names among parsed settings.
 * @throws Error if one is missing: the settings were not parsed for this preset
 */
export function requiredNumbers(
  settings: ObjectiveSettings,
  names: readonly (keyof ObjectiveSettings)[],
): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => {
      const value = settings[name];
      if (typeof value !== 'number') throw new Error(`The settings have no number "${name}".`);
      return [name, value];
    }),
  );
}
