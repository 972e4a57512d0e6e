import type * as tf from '@tensorflow/tfjs';
import type { Candidates } from './candidates.ts';
import type { Loss, LossScalars } from './loss.ts';

/** What `infoNce` takes: similarities, and masks or estimates of what counts in the denominator. */
export interface Contrast extends Pick<
  Candidates,
  'similarity' | 'positiveSimilarity' | 'isNegative' | 'isPositive' | 'multiplicity'
> {
  /** log P = s+ / t where a selection has computed it already; [A, 1]. */
  readonly logPositive?: tf.Tensor2D;
  /** log G where a selection estimates the mass of the negatives; undefined for their sum; [A, 1]. */
  readonly logNegatives?: tf.Tensor2D;
  /** True where the column is treated as one more view of the anchor's own picture; [A, M]. */
  readonly isOwnView?: tf.Tensor;
  /** The fraction of anchors whose estimate was clamped to its floor, 0 to 1; undefined for 0. */
  readonly clampRate?: tf.Scalar;
}

/** Which negatives of each anchor count, and how much: it changes masks or estimates their mass. */
export interface Selection extends Pick<Loss, 'scalarNames' | 'scalars'> {
  readonly select: (candidates: Candidates, scalars: LossScalars) => Contrast;
}
