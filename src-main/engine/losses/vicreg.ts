import * as tf from '@tensorflow/tfjs';
import { meanLoss, requiredNumbers, requiredScalar } from './loss.ts';
import type { Loss, LossOutput, LossScalars } from './loss.ts';

/** What the official code adds to every variance. */
const epsilon = 1e-4;

/**
 * VICReg (Bardes et al. 2022, eqs. 1 to 6; facebookresearch/vicreg) of two views [B, d] each, before
 * they are made unit rows; x̄ is centred over the batch, C its covariance:
 *
 *     λ mean (x - y)² + μ (V(x) + V(y)) / 2 + ν (K(x) + K(y))
 *     V(x) = mean over the d numbers of max(0, 1 - √(var + 10⁻⁴)),   K(x) = Σ_{a ≠ b} C_ab² / d
 *
 * An anchor's own loss is its row's part of the first term, and the others whole.
 */
export const vicreg: Loss = {
  scalarNames: ['invariance', 'variance', 'covariance'],
  scalars: (settings) => requiredNumbers(settings, ['invariance', 'variance', 'covariance']),
  of: ({ projected }, scalars) => {
    if (!projected) throw new Error('The candidates of VICReg have no projected rows.');
    return vicregOf(projected, scalars);
  },
};

function vicregOf(projected: tf.Tensor2D, scalars: LossScalars): LossOutput {
  const [x, y] = tf.split(projected, 2) as [tf.Tensor2D, tf.Tensor2D];
  const sides = [x, y].map((rows) => spread(rows));
  const ofBoth = (name: 'lacking' | 'covarying'): tf.Tensor =>
    sides.reduce<tf.Tensor>((sum, side) => tf.add(sum, side[name]), tf.scalar(0));
  const distance = tf.mean(tf.square(tf.sub(x, y)), 1, true);
  const ofBatch = tf.add(
    tf.mul(tf.div(ofBoth('lacking'), 2), requiredScalar(scalars, 'variance')),
    tf.mul(ofBoth('covarying'), requiredScalar(scalars, 'covariance')),
  );
  const perPicture = tf.add(tf.mul(distance, requiredScalar(scalars, 'invariance')), ofBatch);
  return meanLoss(tf.concat([perPicture, perPicture], 0));
}

/** V and K of the rows of one view. */
function spread(rows: tf.Tensor2D): { readonly lacking: tf.Tensor; readonly covarying: tf.Tensor } {
  const [count, width] = rows.shape;
  const centred = tf.sub<tf.Tensor2D>(rows, tf.mean(rows, 0, true));
  const covariance = tf.div<tf.Tensor2D>(tf.matMul(centred, centred, true, false), count - 1);
  const variances = tf.div(tf.sum(tf.square(centred), 0), count - 1);
  const lacking = tf.mean(tf.relu(tf.sub(1, tf.sqrt(tf.add(variances, epsilon)))));
  const others = tf.sub(tf.sum(tf.square(covariance)), tf.sum(tf.square(variances)));
  return { lacking, covarying: tf.div(others, width) };
}
