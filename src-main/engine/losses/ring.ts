import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import { checkRing, ringRanks } from '../../contract/objectives/ring-ranks.ts';
import type { Candidates } from './candidates.ts';
import { requiredNumbers, requiredScalar } from './loss.ts';
import type { LossScalars } from './loss.ts';
import { onlyWhere, withoutGradient } from './masks.ts';
import { ringZones } from './ring-zone.ts';
import type { Contrast, Selection } from './selection.ts';

/**
 * CNCE / Ring (Wu et al. 2020; the official MoCoRing's rule): only negatives with
 * `ringInnerRank` <= rank < `ringOuterRank` are in the denominator; rank 0 is the most similar. The
 * graph takes ranks and not fractions, because int(outer · N) needs float64.
 */
export const ring: Selection = {
  scalarNames: ['ringInnerRank', 'ringOuterRank'],
  scalars: ringScalars,
  select: (candidates, scalars) => withinRing(candidates, zonesOf(candidates, scalars)),
};

/** The ring without its inner cut: the most similar negatives stay in the denominator. */
export const ball: Selection = {
  ...ring,
  scalars: (settings, negatives) => ringScalars({ ...settings, ringInner: 0 }, negatives),
};

/**
 * The ring that treats the negatives inside its inner cut as views of the anchor's own picture (the
 * official code's `neighbor_views`): log((P + Σ ring) / (P + Σ inner)), P = e^(s+/t). It is below 0
 * where Σ inner is larger than Σ ring.
 */
export const cave: Selection = {
  ...ring,
  select: (candidates, scalars) => {
    const zones = zonesOf(candidates, scalars);
    const isOwnView = withoutGradient(zones, (values) => tf.equal(values, ringZones.inside));
    return { ...withinRing(candidates, zones), isOwnView };
  },
};

function ringScalars(settings: ObjectiveSettings, negatives: number): Record<string, number> {
  const { ringOuter = NaN, ringInner = NaN } = requiredNumbers(settings, [
    'ringOuter',
    'ringInner',
  ]);
  const ranks = ringRanks(negatives, ringOuter, ringInner, settings.ringDynamicInner ?? true);
  checkRing(ranks, negatives);
  return { ringInnerRank: ranks.inner, ringOuterRank: ranks.outer };
}

/** The candidates with the ring's negatives only, each counted as often as it was drawn. */
function withinRing(candidates: Candidates, zones: tf.Tensor2D): Contrast {
  const { ringDraws } = candidates;
  const isInRing = withoutGradient(zones, (values) => tf.equal(values, ringZones.ring));
  if (ringDraws === undefined) return { ...candidates, isNegative: isInRing };
  const draws = withoutGradient(isInRing, (inRing) => drawsInRing(inRing, ringDraws));
  const isDrawn = withoutGradient(draws, (count) => tf.greater(count, 0));
  return { ...candidates, isNegative: isDrawn, multiplicity: draws };
}

/**
 * The zone of each column for the row's anchor, [A, M], without a gradient: inside if its rank is
 * below the inner rank, outside if it is not below the outer rank or the column is no negative. Of
 * equal similarities the lower column ranks first.
 */
function zonesOf(candidates: Candidates, scalars: LossScalars): tf.Tensor2D {
  const innerRank = requiredScalar(scalars, 'ringInnerRank');
  const outerRank = requiredScalar(scalars, 'ringOuterRank');
  return withoutGradient(candidates.similarity, (similarity) =>
    zonesByRank(similarity, candidates.isNegative, innerRank, outerRank),
  );
}

function zonesByRank(
  similarity: tf.Tensor2D,
  isNegative: tf.Tensor,
  innerRank: tf.Scalar,
  outerRank: tf.Scalar,
): tf.Tensor2D {
  const count = similarity.shape[1];
  const negatives = onlyWhere(similarity, isNegative);
  const sorted = tf.topk(negatives, count);
  const columns = tf.tensor1d(Array.from({ length: count }, (_, column) => column));
  const sortedColumns = tf.cast(sorted.indices, 'float32');
  const isAfter = (rank: tf.Tensor): tf.Tensor => {
    const isHere = tf.cast(tf.equal(columns, rank), 'float32');
    const value = tf.sum(tf.mul(sorted.values, isHere), 1, true);
    const column = tf.sum(tf.mul(sortedColumns, isHere), 1, true);
    const isTied = tf.logicalAnd(tf.equal(negatives, value), tf.greater(columns, column));
    return tf.logicalOr(tf.less(negatives, value), isTied);
  };
  const isOutside = tf.logicalOr(tf.logicalNot(isNegative), isAfter(tf.sub(outerRank, 1)));
  // Without an inner cut there is no rank to compare with: every column is beyond it.
  const isCut = tf.greater(innerRank, 0);
  const isBeyondInner = tf.logicalOr(isAfter(tf.sub(innerRank, 1)), tf.logicalNot(isCut));
  // The zones inside and ring are 0 and 1: the mask, cast to numbers.
  const withinOuter = tf.cast(isBeyondInner, 'float32');
  return tf.where<tf.Tensor>(isOutside, tf.scalar(ringZones.outside), withinOuter) as tf.Tensor2D;
}

/**
 * How often each column was drawn, with replacement, from the ring of its row's anchor (the official
 * NCERing); [A, M], 0 outside the ring. `draws` [A, R] counts the draws of each element of the ring,
 * in the order of their columns; R is at least the ring's size.
 */
function drawsInRing(isInRing: tf.Tensor, draws: tf.Tensor2D): tf.Tensor2D {
  const [anchors, elements] = draws.shape;
  const element = tf.sub(tf.cumsum(tf.cast(isInRing, 'float32'), 1), 1);
  const firstOfRow = tf.mul(tf.range(0, anchors, 1, 'int32'), tf.scalar(elements, 'int32'));
  // For a column before the ring's first element it would be -1.
  const index = tf.add(tf.cast(tf.maximum(element, 0), 'int32'), tf.expandDims(firstOfRow, 1));
  const counts = tf.gather(tf.reshape(draws, [-1]), index);
  return tf.where<tf.Tensor>(isInRing, counts, tf.scalar(0)) as tf.Tensor2D;
}
