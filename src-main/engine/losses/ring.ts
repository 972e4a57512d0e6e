import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import { checkRing, ringRanks } from '../../contract/ring-ranks.ts';
import type { Candidates } from './candidates.ts';
import { requiredNumbers, requiredScalar } from './loss.ts';
import type { LossScalars } from './loss.ts';
import { onlyWhere, withoutGradient } from './masks.ts';
import type { Contrast, Selection } from './selection.ts';

/** Where a column lies for an anchor. */
const zone = { inside: 0, ring: 1, outside: 2 } as const;

/**
 * CNCE / Ring (Wu et al. 2020; the official MoCoRing's rule): only the negatives of rank
 * `ringInnerRank` to below `ringOuterRank` are in the denominator, 0 the most similar. Ranks, not
 * fractions, enter the graph, because int(outer · N) is a float64 product.
 */
export const ring: Selection = {
  scalarNames: ['ringInnerRank', 'ringOuterRank'],
  scalars: ringScalars,
  select: (candidates, scalars) => withinRing(candidates, zonesOf(candidates, scalars)),
};

/** The ring without its inner cut: the most similar negatives stay, however similar they are. */
export const ball: Selection = {
  ...ring,
  scalars: (settings, negatives) => ringScalars({ ...settings, ringInner: 0 }, negatives),
};

/**
 * The ring whose inner elements are taken for views of the anchor's own picture (the official code's
 * `neighbor_views`): log((P + Σ ring) / (P + Σ inner)), P = e^(s+/t), which falls below 0 where the
 * inner elements outweigh the ring.
 */
export const cave: Selection = {
  ...ring,
  select: (candidates, scalars) => {
    const zones = zonesOf(candidates, scalars);
    const isOwnView = withoutGradient(zones, (values) => tf.equal(values, zone.inside));
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

/** The candidates with no negatives but those of the ring, each as often as it was drawn. */
function withinRing(candidates: Candidates, zones: tf.Tensor2D): Contrast {
  const { ringDraws } = candidates;
  const isInRing = withoutGradient(zones, (values) => tf.equal(values, zone.ring));
  if (ringDraws === undefined) return { ...candidates, isNegative: isInRing };
  const draws = withoutGradient(isInRing, (inRing) => drawsInRing(inRing, ringDraws));
  const isDrawn = withoutGradient(draws, (count) => tf.greater(count, 0));
  return { ...candidates, isNegative: isDrawn, multiplicity: draws };
}

/**
 * The zone of each column for the row's anchor: inside where it is too similar (rank below the inner
 * one), outside where it is too dissimilar (rank from the outer one on) or no negative. Of equal
 * similarities the lower column ranks first. [A, M], without a gradient.
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
  // There is no rank -1: with an inner cut of 0 every column would be compared with 0.
  const isCut = tf.greater(innerRank, 0);
  const isBeyondInner = tf.logicalOr(isAfter(tf.sub(innerRank, 1)), tf.logicalNot(isCut));
  // The zones inside and ring are 0 and 1, as a mask that is cast.
  const withinOuter = tf.cast(isBeyondInner, 'float32');
  return tf.where<tf.Tensor>(isOutside, tf.scalar(zone.outside), withinOuter) as tf.Tensor2D;
}

/**
 * How often each column was drawn, with replacement, from the ring of its row's anchor (the official
 * NCERing): `draws` [A, R] counts the draws of the m-th element of the ring, elements in the order of
 * their columns, R at least the ring's size; [A, M], 0 outside the ring.
 */
function drawsInRing(isInRing: tf.Tensor, draws: tf.Tensor2D): tf.Tensor2D {
  const [anchors, elements] = draws.shape;
  const element = tf.sub(tf.cumsum(tf.cast(isInRing, 'float32'), 1), 1);
  const firstOfRow = tf.mul(tf.range(0, anchors, 1, 'int32'), tf.scalar(elements, 'int32'));
  // A column before the first element of the ring would be number -1.
  const index = tf.add(tf.cast(tf.maximum(element, 0), 'int32'), tf.expandDims(firstOfRow, 1));
  const counts = tf.gather(tf.reshape(draws, [-1]), index);
  return tf.where<tf.Tensor>(isInRing, counts, tf.scalar(0)) as tf.Tensor2D;
}
