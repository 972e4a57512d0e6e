import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';

/**
 * The queue source (MoCo): unit queries q against their keys k, both [B, d], and the rows [K, d] of the
 * queue as it was before these keys entered it. What must have no gradient (in training: keys and
 * queue) the caller gives as constants.
 */
export function queueCandidates(q: tf.Tensor2D, k: tf.Tensor2D, queue: tf.Tensor2D): Candidates {
  const [batch, rows] = [q.shape[0], queue.shape[0]];
  return {
    similarity: tf.matMul(q, queue, false, true),
    positiveSimilarity: tf.sum<tf.Tensor2D>(tf.mul(q, k), 1, true),
    isNegative: tf.ones([batch, rows], 'bool'),
    negatives: tf.fill([batch, 1], rows),
  };
}

/**
 * The queue after the keys have replaced its oldest rows, from row `pointer` on (int32,
 * one element); K is a multiple of B, so that they never wrap around.
 */
export function enqueued(queue: tf.Tensor2D, k: tf.Tensor2D, pointer: tf.Tensor1D): tf.Tensor2D {
  const rows = tf.add(tf.range(0, k.shape[0], 1, 'int32'), pointer);
  return tf.tensorScatterUpdate(queue, tf.expandDims(rows, 1), k);
}
