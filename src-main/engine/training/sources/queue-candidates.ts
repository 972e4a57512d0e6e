import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';

/**
 * The candidates of the queue source (MoCo): unit queries q against their keys k, both [B, d], and
 * against the queue [K, d] as it was before these keys entered it. The caller gives as constants what
 * must have no gradient (keys and queue in a training).
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
 * The queue after the keys have replaced its oldest rows, which begin at row `pointer` (int32, one
 * element). K is a multiple of B, so the keys never wrap around the queue's end.
 */
export function enqueued(queue: tf.Tensor2D, k: tf.Tensor2D, pointer: tf.Tensor1D): tf.Tensor2D {
  const rows = tf.add(tf.range(0, k.shape[0], 1, 'int32'), pointer);
  return tf.tensorScatterUpdate(queue, tf.expandDims(rows, 1), k);
}
