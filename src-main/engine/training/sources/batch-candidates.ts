import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';

/**
 * The candidates of the in-batch source (SimCLR): the unit rows of two views, each [B, d] with B at
 * least 2, against each other. Rows and columns 0..B-1 are z1, B..2B-1 are z2. All 2B rows are anchors;
 * the negatives of an anchor are the 2B - 2 rows of other pictures, of both views.
 */
export function batchCandidates(z1: tf.Tensor2D, z2: tf.Tensor2D): Candidates {
  const batch = z1.shape[0];
  const all = tf.concat([z1, z2], 0);
  const partner = tf.sum<tf.Tensor2D>(tf.mul(z1, z2), 1, true);
  const picture = Array.from({ length: 2 * batch }, (_, row) => row % batch);
  return {
    similarity: tf.matMul(all, all, false, true),
    positiveSimilarity: tf.concat([partner, partner], 0),
    isNegative: tf.notEqual(
      tf.tensor2d(picture, [2 * batch, 1], 'int32'),
      tf.tensor2d(picture, [1, 2 * batch], 'int32'),
    ),
    negatives: tf.fill([2 * batch, 1], 2 * batch - 2),
  };
}
