import * as tf from '@tensorflow/tfjs';
import { countWhere } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import { requiredScalar } from './selection.ts';
import type { ObjectiveOutput, ObjectiveScalars, Selection } from './selection.ts';

/** Groups of pictures that a human judged the same: of the anchors, A, and of the columns, M; int32. */
export interface JudgedGroups {
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
}

/**
 * Takes columns of the anchor's own group out of its negatives: they add exactly 0 to the
 * denominator, and N shrinks by them. With `attracts` they become positives besides, which
 * `pulledTogether` makes felt. An anchor that has no negative left keeps N = 1, so that log N exists.
 */
export function judgedCandidates(
  candidates: Candidates,
  { rows, columns }: JudgedGroups,
  attracts: boolean,
): Candidates {
  const inGroup = tf.equal(tf.expandDims(rows, 1), tf.expandDims(columns, 0));
  const isSame = tf.logicalAnd(inGroup, candidates.isNegative);
  const counted = candidates.multiplicity
    ? tf.sum<tf.Tensor2D>(
        tf.where<tf.Tensor>(isSame, candidates.multiplicity, tf.scalar(0)),
        1,
        true,
      )
    : countWhere(isSame);
  return {
    ...candidates,
    isNegative: tf.logicalAnd(candidates.isNegative, tf.logicalNot(isSame)),
    negatives: tf.maximum(tf.sub(candidates.negatives, counted), 1),
    ...(attracts && { attracted: isSame }),
  };
}

/**
 * The loss with a numerator over all positives: l_i + s_i+/t less the mean of s/t over the anchor's
 * own positive and the columns attracted to it, which stay out of the denominator (as the attraction
 * of FNC, Huynh et al. 2022, but by judgement). Without such columns nothing changes.
 */
export function pulledTogether(
  output: ObjectiveOutput,
  { attracted, similarity, positiveSimilarity }: Candidates,
  scalars: ObjectiveScalars,
): ObjectiveOutput {
  if (!attracted) return output;
  const weights = tf.cast(attracted, 'float32');
  const sum = tf.sum(tf.mul(similarity, weights), 1, true);
  const mean = tf.div(tf.add(sum, positiveSimilarity), tf.add(countWhere(attracted), 1));
  const gap = tf.div(tf.sub(positiveSimilarity, mean), requiredScalar(scalars, 'temperature'));
  const perAnchorLoss = tf.add<tf.Tensor1D>(output.perAnchorLoss, tf.squeeze(gap, [1]));
  return { ...output, perAnchorLoss, loss: tf.mean(perAnchorLoss) };
}

/** The selection with `pulledTogether`. */
export function attracting(selection: Selection): Selection {
  return {
    ...selection,
    loss: (candidates, scalars) =>
      pulledTogether(selection.loss(candidates, scalars), candidates, scalars),
  };
}
