import type * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import type { Loss, LossScalars } from './loss.ts';

/** What InfoNCE compares (`infoNce`): similarities, and which of the columns count as what. */
export interface Contrast extends Pick<
  Candidates,
  'similarity' | 'positiveSimilarity' | 'isNegative' | 'isPositive' | 'multiplicity'
> {
  /** log G, where the mass of the negatives is estimated and not their plain sum; [A, 1]. */
  readonly logNegatives?: tf.Tensor2D;
  /** True where the column is taken for one more view of the anchor's own picture; [A, M]. */
  readonly isOwnView?: tf.Tensor;
  /** The fraction of anchors whose estimate was held at its floor; 0 where left out. */
  readonly clampRate?: tf.Scalar;
}

/** Which negatives of each anchor count, and how much: changes masks, or estimates their mass. */
export interface Selection extends Pick<Loss, 'scalarNames' | 'scalars'> {
  readonly select: (candidates: Candidates, scalars: LossScalars) => Contrast;
}
