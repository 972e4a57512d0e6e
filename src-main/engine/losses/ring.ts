import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import { checkRing, ringRanks } from '../../contract/ring-ranks.ts';
import { logSumExpWhere, onlyWhere } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import { drawsInRing } from './drawn-ring.ts';
import { contrast, requiredNumbers, requiredScalar } from './selection.ts';
import type { ObjectiveOutput, ObjectiveScalars, Selection } from './selection.ts';
import { withoutGradient } from './without-gradient.ts';

/**
 * CNCE / Ring (Wu et al. 2020; the official MoCoRing's rule): InfoNCE with only the negatives of
 * rank `ringInnerRank` to below `ringOuterRank` in the denominator, 0 the most similar. Ranks, not
 * fractions, enter the graph, because int(outer · N) is a float64 product.
 */
export const ring: Selection = {
  scalarNames: ['temperature', 'ringInnerRank', 'ringOuterRank'],
  scalars: ringScalars,
  loss: (candidates, scalars) => ringLoss(candidates, scalars, officialForm),
};

/** The ring without its inner cut: the most similar negatives are kept, however similar they are. */
export const ball: Selection = {
  ...ring,
  scalars: (settings, negatives) => ringScalars({ ...settings, ringInner: 0 }, negatives),
};

/**
 * The ring whose inner elements are taken for views of the anchor's own picture (the official
 * code's `neighbor_views`): log((P + Σ ring) / (P + Σ inner)), which falls below 0 where the inner
 * elements outweigh the ring.
 */
export const cave: Selection = {
  ...ring,
  loss: (candidates, scalars) =>
    ringLoss(candidates, scalars, { ...officialForm, innerAsViews: 'logSumExp' }),
};

/** The switches of the official class that shape the graph. */
export interface RingForm {
  /** `self_negative`: whether the positive is in the denominator. */
  readonly positiveInDenominator: boolean;
  /**
   * `neighbor_views` and `logsumexp_inner`: whether the elements inside the ring join the positive in
   * the numerator, and by what.
   */
  readonly innerAsViews: 'none' | 'logSumExp' | 'mean';
}

const officialForm: RingForm = { positiveInDenominator: true, innerAsViews: 'none' };

/** The loss of the official MoCoRing in any of its forms: log of denominator over numerator. */
export function ringLoss(
  candidates: Candidates,
  scalars: ObjectiveScalars,
  form: RingForm,
): ObjectiveOutput {
  const ring = ringLogits(candidates, scalars);
  const logRing = logSumOfRing(ring, candidates.ringDraws);
  const { positiveInDenominator, innerAsViews } = form;
  if (positiveInDenominator && innerAsViews === 'none') {
    return contrast(ring.logPositive, logRing, tf.scalar(0));
  }
  const denominator = positiveInDenominator ? logSumOfTwo(ring.logPositive, logRing) : logRing;
  const logLoss = tf.sub(denominator, ringNumerator(ring, innerAsViews));
  const perAnchorLoss = tf.squeeze<tf.Tensor1D>(logLoss, [1]);
  return { loss: tf.mean(perAnchorLoss), perAnchorLoss, clampRate: tf.scalar(0) };
}

function logSumOfRing(
  { logits, isIn }: RingLogits,
  ringDraws: tf.Tensor2D | undefined,
): tf.Tensor2D {
  if (ringDraws === undefined) return logSumExpWhere(logits, isIn);
  const draws = withoutGradient(isIn, (inRing) => drawsInRing(inRing, ringDraws));
  const isDrawn = withoutGradient(draws, (count) => tf.greater(count, 0));
  return logSumExpWhere(logits, isDrawn, draws);
}

function ringNumerator(
  { logits, logPositive, isInner }: RingLogits,
  innerAsViews: RingForm['innerAsViews'],
): tf.Tensor2D {
  if (innerAsViews === 'none') return logPositive;
  if (innerAsViews === 'logSumExp')
    return logSumOfTwo(logPositive, logSumExpWhere(logits, isInner));
  const inner = tf.cast(isInner, 'float32');
  const sum = tf.add(logPositive, tf.sum(tf.mul(logits, inner), 1, true));
  return tf.div(sum, tf.add(tf.sum(inner, 1, true), 1));
}

function logSumOfTwo(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.logSumExp(tf.concat([left, right], 1), 1, true);
}

function ringScalars(settings: ObjectiveSettings, negatives: number): Record<string, number> {
  const {
    temperature = NaN,
    ringOuter = NaN,
    ringInner = NaN,
  } = requiredNumbers(settings, ['temperature', 'ringOuter', 'ringInner']);
  const ranks = ringRanks(negatives, ringOuter, ringInner, settings.ringDynamicInner ?? true);
  checkRing(ranks, negatives);
  return { temperature, ringInnerRank: ranks.inner, ringOuterRank: ranks.outer };
}

interface RingLogits {
  readonly logits: tf.Tensor2D;
  readonly logPositive: tf.Tensor2D;
  /** True where the column is in the ring of the row's anchor. */
  readonly isIn: tf.Tensor;
  /** True where it is left out because it is too similar. */
  readonly isInner: tf.Tensor;
}

function ringLogits(candidates: Candidates, scalars: ObjectiveScalars): RingLogits {
  const temperature = requiredScalar(scalars, 'temperature');
  const zone = withoutGradient(candidates.similarity, (similarity) =>
    ringZones(
      { ...candidates, similarity },
      requiredScalar(scalars, 'ringInnerRank'),
      requiredScalar(scalars, 'ringOuterRank'),
    ),
  );
  return {
    logits: tf.div(candidates.similarity, temperature),
    logPositive: tf.div(candidates.positiveSimilarity, temperature),
    isIn: withoutGradient(zone, (zones) => tf.equal(zones, 1)),
    isInner: withoutGradient(zone, (zones) => tf.equal(zones, 0)),
  };
}

/**
 * Where each column lies for the row's anchor: 0 too similar (rank below `innerRank`), 1 in the
 * ring, 2 too dissimilar (rank from `outerRank`) or no negative; equal similarities: lower column
 * first. A × M, without a gradient.
 */
export function ringZones(
  { similarity, isNegative }: Candidates,
  innerRank: tf.Scalar,
  outerRank: tf.Scalar,
): tf.Tensor2D {
  const columns = similarity.shape[1];
  const candidates = onlyWhere(similarity, isNegative);
  const sorted = tf.topk(candidates, columns);
  const places = tf.tensor1d(Array.from({ length: columns }, (_, column) => column));
  const indices = tf.cast(sorted.indices, 'float32');
  const isAfter = (rank: tf.Tensor): tf.Tensor => {
    const here = tf.cast(tf.equal(places, rank), 'float32');
    const value = tf.sum(tf.mul(sorted.values, here), 1, true);
    const column = tf.sum(tf.mul(indices, here), 1, true);
    const isTied = tf.logicalAnd(tf.equal(candidates, value), tf.greater(places, column));
    return tf.logicalOr(tf.less(candidates, value), isTied);
  };
  const isOutside = tf.logicalOr(tf.logicalNot(isNegative), isAfter(tf.sub(outerRank, 1)));
  // No rank is -1: with an inner cut of 0 all would compare with a similarity of 0.
  const isCut = tf.greater(innerRank, 0);
  const isBeyondInner = tf.logicalOr(isAfter(tf.sub(innerRank, 1)), tf.logicalNot(isCut));
  const inRing = tf.cast(isBeyondInner, 'float32');
  return tf.where<tf.Tensor>(isOutside, tf.scalar(2), inRing) as tf.Tensor2D;
}
