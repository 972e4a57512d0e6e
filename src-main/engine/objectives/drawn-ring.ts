import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { ringZones } from './ring.ts';
import { withoutGradient } from './without-gradient.ts';

/**
 * The candidates with only those negatives left that were drawn, with replacement, from the ring of
 * their anchor (the official NCERing): `draws` is A × R, how often the m-th element of the ring was
 * drawn, elements in the order of their columns, R at least the ring's size.
 */
export function drawnFromRing(
  candidates: Candidates,
  innerRank: tf.Scalar,
  outerRank: tf.Scalar,
  draws: tf.Tensor2D,
): Candidates {
  const multiplicity = withoutGradient(candidates.similarity, (similarity) => {
    const zones = ringZones({ ...candidates, similarity }, innerRank, outerRank);
    return countedInRing(tf.equal(zones, 1), draws);
  });
  return {
    ...candidates,
    isNegative: withoutGradient(multiplicity, (count) => tf.greater(count, 0)),
    multiplicity,
    negatives: tf.sum<tf.Tensor2D>(draws, 1, true),
  };
}

function countedInRing(isInRing: tf.Tensor, draws: tf.Tensor2D): tf.Tensor2D {
  const [anchors, elements] = draws.shape;
  const member = tf.sub(tf.cumsum(tf.cast(isInRing, 'float32'), 1), 1);
  const firstOfRow = tf.mul(tf.range(0, anchors, 1, 'float32'), elements);
  // A column before the first element of the ring would be number -1.
  const place = tf.add(tf.maximum(member, 0), tf.expandDims(firstOfRow, 1));
  const counts = tf.gather(tf.reshape(draws, [-1]), tf.cast(place, 'int32'));
  return tf.where<tf.Tensor>(isInRing, counts, tf.scalar(0)) as tf.Tensor2D;
}
