import * as tf from '@tensorflow/tfjs';
import type { GeneratedUse } from '../../contract/generated-negatives.ts';
import type { Candidates } from './candidates.ts';

/**
 * The candidates with generated negatives as further columns (NEGCUT, Wang et al. 2021). `generated`
 * [P, K, d] are those of P pictures; the anchors z [V P, d] are V views of each, view after view, and all
 * views of a picture have its K. With `replace` no real column is a negative any more.
 */
export function withGeneratedNegatives(
  candidates: Candidates,
  z: tf.Tensor2D,
  generated: tf.Tensor3D,
  use: GeneratedUse,
): Candidates {
  const [pictures, count, width] = generated.shape;
  const anchors = z.shape[0];
  const views = anchors / pictures;
  const byPicture = tf.transpose(tf.reshape(z, [views, pictures, width]), [1, 0, 2]);
  const products = tf.matMul(byPicture, generated, false, true);
  const ofViews = tf.reshape<tf.Rank.R2>(tf.transpose(products, [1, 0, 2]), [anchors, count]);
  const { similarity, isPositive } = candidates;
  const isReal = tf.broadcastTo(candidates.isNegative, similarity.shape);
  const isKept = use === 'beside' ? isReal : tf.zerosLike(isReal);
  return {
    ...candidates,
    similarity: tf.concat([similarity, ofViews], 1),
    isNegative: tf.concat([isKept, tf.ones([anchors, count], 'bool')], 1),
    ...(isPositive && {
      isPositive: tf.concat(
        [tf.broadcastTo(isPositive, similarity.shape), tf.zeros([anchors, count], 'bool')],
        1,
      ),
    }),
    negatives:
      use === 'beside' ? tf.add(candidates.negatives, count) : tf.fill([anchors, 1], count),
  };
}

/**
 * How much generated negatives differ from noise to noise: the mean of |n(z1) - n(z2)| over the numbers of
 * the first half of each picture's K against those of the second, [P, K, d] -> one number. Of an odd K the
 * last is left out.
 */
export function negativeDiversity(generated: tf.Tensor3D): tf.Scalar {
  const [pictures, count, width] = generated.shape;
  const half = Math.floor(count / 2);
  const first = tf.slice3d(generated, [0, 0, 0], [pictures, half, width]);
  const second = tf.slice3d(generated, [0, half, 0], [pictures, half, width]);
  return tf.mean(tf.abs(tf.sub(first, second)));
}

/**
 * What the generator minimises: L_N = -L + λ L_div, with L the loss that the encoder minimises, and
 * L_div = -`negativeDiversity` (the official code's compute_N_loss).
 */
export function generatorLoss(
  encoderLoss: tf.Scalar,
  generated: tf.Tensor3D,
  diversityWeight: tf.Scalar,
): tf.Scalar {
  return tf.neg(
    tf.add<tf.Scalar>(encoderLoss, tf.mul(diversityWeight, negativeDiversity(generated))),
  );
}
