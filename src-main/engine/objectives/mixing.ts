import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { withoutGradient } from './without-gradient.ts';

/** What is drawn for each step; ranks count an anchor's hardest negatives from 0, the most similar. */
export interface MixingDraws {
  /** B × s × 2, int32, below N: which two hard negatives each synthetic one mixes. */
  readonly pairRanks: tf.Tensor3D;
  /** B × s, in (0, 1): the weight of the first of the pair. */
  readonly pairWeights: tf.Tensor2D;
  /** B × s', int32, below N: which hard negative is mixed with the query. */
  readonly queryRanks: tf.Tensor2D;
  /** B × s', in (0, 0.5): the weight of the query. */
  readonly queryWeights: tf.Tensor2D;
}

/**
 * Synthetic hard negatives (MoCHi, Kalantidis et al. 2020, eqs. 3 and 4) besides those of the queue:
 * h = α n_i + (1 - α) n_j and h' = β q + (1 - β) n_j, each divided by its length, of the `hardest`
 * negatives of each query. They are constants: no gradient goes through h, α, β or the q inside h'.
 * Columns: the candidates', then s of h, then s' of h'.
 */
export function withMixedNegatives(
  candidates: Candidates,
  q: tf.Tensor2D,
  queue: tf.Tensor2D,
  hardest: number,
  draws: MixingDraws,
): Candidates {
  const order = hardestFirst(candidates, hardest);
  const pairs = mixedPairs(queue, order, draws);
  const withQuery = withoutGradient(q, (constant) => mixedWithQuery(constant, queue, order, draws));
  const synthetic = tf.concat([pairs, withQuery], 1);
  const similarity = tf.squeeze(tf.matMul(synthetic, tf.expandDims(q, 2)), [2]);
  const [anchors, count] = [q.shape[0], synthetic.shape[1]];
  const isNegative = tf.broadcastTo(candidates.isNegative, candidates.similarity.shape);
  return {
    ...candidates,
    similarity: tf.concat([candidates.similarity, similarity as tf.Tensor2D], 1),
    isNegative: tf.concat([isNegative, tf.ones([anchors, count], 'bool')], 1),
    negatives: tf.add(candidates.negatives, count),
  };
}

/** The columns of each anchor's `hardest` negatives, the most similar first; A × N, int32. */
function hardestFirst(candidates: Candidates, hardest: number): tf.Tensor2D {
  return withoutGradient(candidates.similarity, (similarity) => {
    const negatives = tf.where<tf.Tensor>(candidates.isNegative, similarity, tf.scalar(-1e9));
    return tf.topk(negatives, hardest).indices;
  });
}

function mixedPairs(
  queue: tf.Tensor2D,
  order: tf.Tensor2D,
  { pairRanks, pairWeights }: MixingDraws,
): tf.Tensor3D {
  const [batch, count] = pairRanks.shape;
  const rows = rowsOfRanks(queue, order, tf.reshape(pairRanks, [batch, 2 * count]));
  const pairs = tf.reshape(rows, [batch, count, 2, queue.shape[1]]);
  const [first, second] = tf.unstack(pairs, 2) as [tf.Tensor3D, tf.Tensor3D];
  return mixed(first, second, pairWeights);
}

function mixedWithQuery(
  q: tf.Tensor2D,
  queue: tf.Tensor2D,
  order: tf.Tensor2D,
  { queryRanks, queryWeights }: MixingDraws,
): tf.Tensor3D {
  return mixed(tf.expandDims(q, 1), rowsOfRanks(queue, order, queryRanks), queryWeights);
}

/** The queue's rows at the ranks; B × count × d. */
function rowsOfRanks(queue: tf.Tensor2D, order: tf.Tensor2D, ranks: tf.Tensor2D): tf.Tensor3D {
  const columns = tf.gather(order, ranks, 1, 1);
  return tf.reshape(tf.gather(queue, columns), [...ranks.shape, queue.shape[1]]);
}

/** w · first + (1 - w) · second, divided by its length. */
function mixed(first: tf.Tensor3D, second: tf.Tensor3D, weights: tf.Tensor2D): tf.Tensor3D {
  const weight = tf.expandDims(weights, 2);
  const rows = tf.add(tf.mul(first, weight), tf.mul(second, tf.sub(1, weight)));
  return tf.div(rows, tf.sqrt(tf.sum(tf.square(rows), 2, true)));
}
