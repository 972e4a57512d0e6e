import * as tf from '@tensorflow/tfjs';
import type { ObjectiveSettings } from '../../contract/objective-settings.ts';
import { checkRing, ringRanks } from '../../contract/ring-ranks.ts';
import { logSumExpWhere, pairBatch } from './batch-pairs.ts';
import type { BatchPairs } from './batch-pairs.ts';
import { contrast, requiredNumbers, requiredScalar } from './objective.ts';
import type { Objective } from './objective.ts';
import { withoutGradient } from './without-gradient.ts';

/**
 * CNCE / Ring (Wu et al. 2020; the official MoCoRing's rule) on the 2(B-1) negatives of a batch:
 * NT-Xent with only the negatives of rank `ringInnerRank` to below `ringOuterRank` in the
 * denominator. Ranks, not fractions, enter the graph, because int(outer · N) is a float64 product.
 */
export const ring: Objective = {
  scalarNames: ['temperature', 'ringInnerRank', 'ringOuterRank'],
  scalars: ringScalars,
  loss: (z1, z2, scalars) => {
    const temperature = requiredScalar(scalars, 'temperature');
    const pairs = pairBatch(z1, z2);
    const isInRing = withoutGradient(pairs.similarity, (similarity) =>
      ringMembers(
        { ...pairs, similarity },
        requiredScalar(scalars, 'ringInnerRank'),
        requiredScalar(scalars, 'ringOuterRank'),
      ),
    );
    return contrast(
      tf.div(pairs.positiveSimilarity, temperature),
      logSumExpWhere(tf.div(pairs.similarity, temperature), isInRing),
      tf.scalar(0),
    );
  },
};

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

/** True where the column is in the ring of the row's anchor; equal similarities: lower row first. */
function ringMembers(
  { similarity, isNegative }: BatchPairs,
  innerRank: tf.Scalar,
  outerRank: tf.Scalar,
): tf.Tensor {
  const rows = similarity.shape[0];
  const candidates = tf.where<tf.Tensor>(isNegative, similarity, tf.scalar(-1e9));
  const order = tf.topk(candidates, rows).indices;
  // A row's position in its order is its rank: the inverse of a permutation is its argsort.
  const rank = tf.cast(tf.topk(tf.neg(tf.cast(order, 'float32')), rows).indices, 'float32');
  const isWithin = tf.logicalAnd(tf.greaterEqual(rank, innerRank), tf.less(rank, outerRank));
  return tf.logicalAnd(isWithin, isNegative);
}
