import * as tf from '@tensorflow/tfjs';
import { infoNce } from './info-nce.ts';
import type { LossOutput } from './loss.ts';

/** What the official code gives as a patch's similarity to itself: almost no mass, but not none. */
const ownPatchSimilarity = -10;

/** Features of patches, images one after another, each of as many patches; [patches, d]. */
export interface Patches {
  /** Of the translated image. */
  readonly queries: tf.Tensor2D;
  /** Of the original image at the same positions, constant. */
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
 * PatchNCE with generated negatives (NEGCUT, Wang et al. 2021, ref. LearnedPatchNCELoss): InfoNCE of
 * each patch against the rows that a generator made for its image; the generator maximises it.
 * `generated` holds as many rows for each image, images one after another.
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
