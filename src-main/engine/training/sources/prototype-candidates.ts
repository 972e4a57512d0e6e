import * as tf from '@tensorflow/tfjs';
import { batchCandidates } from './batch-candidates.ts';
import { joinedCandidates } from '../../losses/candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import { countWhere } from '../../losses/masks.ts';

/** The prototypes of all clusters, and the clusters of a batch's pictures. */
export interface Prototypes {
  /** Unit rows, [P, d], constant. */
  readonly centres: tf.Tensor2D;
  /** The cluster of each picture of the batch, [B], int32. */
  readonly own: tf.Tensor1D;
  /** 0 before there are clusters, then 1. */
  readonly isClustered: tf.Scalar;
  /** t / φ of each cluster, [P]: what its cosines are multiplied by; 1 where it is left out. */
  readonly sharpness?: tf.Tensor1D;
}

/**
 * The candidates of the prototype source (instance to prototype, after PCL, Li et al. 2021, eq. 11):
 * the positive of both views of a picture is the centre of its cluster, the negatives are the other
 * centres. Before there are clusters the batch is the source, as in PCL's warm-up. 2B anchors;
 * columns: P centres, then the 2B rows of the batch.
 */
export function prototypeCandidates(
  z1: tf.Tensor2D,
  z2: tf.Tensor2D,
  { centres, own, isClustered, sharpness }: Prototypes,
): Candidates {
  const inBatch = batchCandidates(z1, z2);
  const all = tf.concat([z1, z2], 0);
  const cluster = tf.tile(own, [2]);
  const [anchors, count] = [all.shape[0], centres.shape[0]];
  const columns = tf.range(0, count, 1, 'int32');
  const isOther = tf.notEqual(columns, tf.expandDims(cluster, 1));
  const hasClusters = tf.greater(isClustered, 0);
  const everywhere = tf.ones([anchors, 1], 'bool');
  const isNow = tf.logicalAnd(everywhere, hasClusters);
  const isNegative = tf.concat(
    [tf.logicalAnd(isOther, isNow), tf.logicalAnd(inBatch.isNegative, tf.logicalNot(isNow))],
    1,
  );
  const toCentre = tf.sum<tf.Tensor2D>(tf.mul(all, tf.gather(centres, cluster)), 1, true);
  const toPartner = inBatch.positiveSimilarity;
  const toCentres: tf.Tensor2D = tf.matMul(all, centres, false, true);
  const ownSharpness = sharpness && tf.expandDims<tf.Tensor2D>(tf.gather(sharpness, cluster), 1);
  const sharpOwn = ownSharpness ? tf.mul(toCentre, ownSharpness) : toCentre;
  const sharpCentres = sharpness ? tf.mul<tf.Tensor2D>(toCentres, sharpness) : toCentres;
  return {
    similarity: tf.concat([sharpCentres, inBatch.similarity], 1),
    positiveSimilarity: tf.where<tf.Tensor>(isNow, sharpOwn, toPartner) as tf.Tensor2D,
    isNegative,
    negatives: countWhere(isNegative),
  };
}

/**
 * The candidates of the prototypes, and below them those of the two views against the batch (PCL's
 * instance term): 4B anchors, of which the first 2B are those of `prototypeCandidates`.
 */
export function withInstances(
  z1: tf.Tensor2D,
  z2: tf.Tensor2D,
  prototypes: Prototypes,
): Candidates {
  const ofPrototypes = prototypeCandidates(z1, z2, prototypes);
  const inBatch = batchCandidates(z1, z2);
  const [anchors, count] = [2 * z1.shape[0], prototypes.centres.shape[0]];
  return joinedCandidates(ofPrototypes, {
    similarity: ofPrototypes.similarity,
    positiveSimilarity: inBatch.positiveSimilarity,
    isNegative: tf.concat([tf.zeros([anchors, count], 'bool'), inBatch.isNegative], 1),
    negatives: inBatch.negatives,
  });
}
