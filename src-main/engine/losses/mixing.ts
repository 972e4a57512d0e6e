import * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import { countWhere, onlyWhere, withoutGradient } from './masks.ts';

/**
 * The random numbers of one step; ranks count an anchor's hardest negatives from 0, the most
 * similar.
 */
export interface MixingDraws {
  /** [B, s, 2], int32, below N: which two hard negatives each synthetic one mixes. */
  readonly pairRanks: tf.Tensor3D;
  /** [B, s], in (0, 1): the weight of the first of the pair. */
  readonly pairWeights: tf.Tensor2D;
  /** [B, s'], int32, below N: which hard negative is mixed with the query. */
  readonly queryRanks: tf.Tensor2D;
  /** [B, s'], in (0, 0.5): the weight of the query. */
  readonly queryWeights: tf.Tensor2D;
  /** 0 in the warm-up epochs, when synthetic negatives do not count, then 1. */
  readonly active: tf.Scalar;
}

/**
 * The queue's candidates with synthetic hard negatives (MoCHi, Kalantidis et al. 2020, eqs. 3 and 4):
 * h = α n_i + (1 - α) n_j and h' = β q + (1 - β) n_j, each divided by its length, n the `hardest`
 * negatives of each query; where fewer are left, the ranks begin again at the most similar. They are
 * constants: no gradient goes through h, α, β or the q inside h'.
 * Columns: those of the candidates, then s of h, then s' of h'.
 */
export function withMixedNegatives(
  candidates: Candidates,
  q: tf.Tensor2D,
  queue: tf.Tensor2D,
  hardest: number,
  draws: MixingDraws,
): Candidates {
  if (draws.pairRanks.shape[1] + draws.queryRanks.shape[1] === 0) return candidates;
  const left = countWhere(tf.broadcastTo(candidates.isNegative, candidates.similarity.shape));
  const synthetic = withoutGradient(candidates.similarity, (similarity) => {
    const order = hardestFirst({ ...candidates, similarity }, hardest);
    return syntheticRows(q, queue, { order, left }, draws);
  });
  const [anchors, count] = [q.shape[0], synthetic.shape[1]];
  const products = tf.matMul(synthetic, tf.expandDims(q, 2));
  const isNegative = tf.broadcastTo(candidates.isNegative, candidates.similarity.shape);
  // Without a negative there is nothing to be mixed.
  const isActive = tf.greater(tf.mul(tf.mul(tf.ones([anchors, count]), draws.active), left), 0);
  return {
    ...candidates,
    similarity: tf.concat([candidates.similarity, tf.reshape(products, [anchors, count])], 1),
    isNegative: tf.concat([isNegative, isActive], 1),
    negatives: tf.add(candidates.negatives, countWhere(isActive)),
  };
}

/** The s rows of h, then the s' rows of h', of each query; [B, s + s', d]. */
function syntheticRows(
  q: tf.Tensor2D,
  queue: tf.Tensor2D,
  hard: HardKeys,
  draws: MixingDraws,
): tf.Tensor3D {
  const ofPairs = draws.pairRanks.shape[1] > 0 ? [mixedPairs(queue, hard, draws)] : [];
  const ofQuery = draws.queryRanks.shape[1] > 0 ? [mixedWithQuery(q, queue, hard, draws)] : [];
  return tf.concat([...ofPairs, ...ofQuery], 1);
}

/** The columns of each anchor's hardest negatives, [A, N], and how many negatives it has, [A, 1]. */
interface HardKeys {
  readonly order: tf.Tensor2D;
  readonly left: tf.Tensor2D;
}

/** The columns of each anchor's `hardest` (N) negatives, the most similar first; [A, N], int32. */
function hardestFirst({ similarity, isNegative }: Candidates, hardest: number): tf.Tensor2D {
  return tf.topk(onlyWhere(similarity, isNegative), hardest).indices;
}

function mixedPairs(
  queue: tf.Tensor2D,
  hard: HardKeys,
  { pairRanks, pairWeights }: MixingDraws,
): tf.Tensor3D {
  const [batch, count] = pairRanks.shape;
  const rows = rowsOfRanks(queue, hard, tf.reshape(pairRanks, [batch, 2 * count]));
  const pairs = tf.reshape(rows, [batch, count, 2, queue.shape[1]]);
  const [first, second] = tf.unstack(pairs, 2) as [tf.Tensor3D, tf.Tensor3D];
  return mixed(first, second, pairWeights);
}

function mixedWithQuery(
  q: tf.Tensor2D,
  queue: tf.Tensor2D,
  hard: HardKeys,
  { queryRanks, queryWeights }: MixingDraws,
): tf.Tensor3D {
  return mixed(tf.expandDims(q, 1), rowsOfRanks(queue, hard, queryRanks), queryWeights);
}

/** The queue's rows at the ranks, each rank modulo the number of negatives; [B, count, d]. */
function rowsOfRanks(
  queue: tf.Tensor2D,
  { order, left }: HardKeys,
  ranks: tf.Tensor2D,
): tf.Tensor3D {
  const count = tf.maximum(left, 1);
  const rank = tf.cast(ranks, 'float32');
  // Half a rank more, so that a rounded quotient is never below a whole number that it should be.
  const rounds = tf.floor(tf.div(tf.add(rank, 0.5), count));
  const within = tf.cast(tf.sub(rank, tf.mul(rounds, count)), 'int32');
  const columns = tf.gather(order, within, 1, 1);
  return tf.reshape(tf.gather(queue, columns), [...ranks.shape, queue.shape[1]]);
}

/** w · first + (1 - w) · second, divided by its length; [B, count, d]. */
function mixed(first: tf.Tensor3D, second: tf.Tensor3D, weights: tf.Tensor2D): tf.Tensor3D {
  const weight = tf.expandDims(weights, 2);
  const rows = tf.add(tf.mul(first, weight), tf.mul(second, tf.sub(1, weight)));
  return tf.div(rows, tf.sqrt(tf.sum(tf.square(rows), 2, true)));
}
