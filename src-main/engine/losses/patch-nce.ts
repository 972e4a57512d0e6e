import * as tf from '@tensorflow/tfjs';
import { infoNce } from './info-nce.ts';
import type { LossOutput } from './loss.ts';

/** A patch's similarity to itself in the official code: its mass e^(-10/t) is small, but not 0. */
const ownPatchSimilarity = -10;

/** Unit features of patches, [patches, d]; image after image, each with the same number of patches. */
export interface Patches {
  /** Features of the translated image. */
  readonly queries: tf.Tensor2D;
  /** Features of the original image at the same positions, without a gradient. */
  readonly keys: tf.Tensor2D;
  readonly images: number;
}

/**
 * PatchNCE (Park et al. 2020; the official PatchNCELoss): InfoNCE of each patch against the other
 * patches of its image, with its similarity to itself set to -10.
 */
export function patchNce(patches: Patches, temperature: tf.Scalar): LossOutput {
  const keys = byImage(patches.keys, patches.images);
  const count = keys.shape[1];
  const products = tf.matMul(byImage(patches.queries, patches.images), keys, false, true);
  const isOwn = tf.cast(tf.eye(count), 'bool');
  const similarity = tf.where<tf.Tensor>(isOwn, tf.scalar(ownPatchSimilarity), products);
  return contrasted(patches, tf.reshape(similarity, [-1, count]), temperature);
}

/**
 * PatchNCE with generated negatives (NEGCUT, Wang et al. 2021; the official LearnedPatchNCELoss):
 * InfoNCE of each patch against the negatives that a generator made for its image. The generator
 * maximises this loss. `generated` [rows, d] has the same number of rows for each image, image after
 * image.
 */
export function generatedPatchNce(
  patches: Patches,
  generated: tf.Tensor2D,
  temperature: tf.Scalar,
): LossOutput {
  const negatives = byImage(generated, patches.images);
  const products = tf.matMul(byImage(patches.queries, patches.images), negatives, false, true);
  return contrasted(patches, tf.reshape(products, [-1, negatives.shape[1]]), temperature);
}

function byImage(rows: tf.Tensor2D, images: number): tf.Tensor3D {
  return tf.reshape(rows, [images, -1, rows.shape[1]]);
}

/** InfoNCE of every patch against all of its columns; similarity [patches, M]. */
function contrasted(
  { queries, keys }: Patches,
  similarity: tf.Tensor2D,
  temperature: tf.Scalar,
): LossOutput {
  const positiveSimilarity = tf.sum<tf.Tensor2D>(tf.mul(queries, keys), 1, true);
  const isNegative = tf.ones(similarity.shape, 'bool');
  return infoNce({ similarity, positiveSimilarity, isNegative }, temperature);
}
