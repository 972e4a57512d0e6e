import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import { logSumExpWhere } from '../../losses/log-sums.ts';
import type { PairNumbers } from '../../losses/left-out-negatives.ts';
import { sharesLabel } from '../../losses/shared-labels.ts';
import type { Loss, LossScalars } from '../../losses/loss.ts';
import { weightLogits } from './weight-logits.ts';

/** Up to so many columns of an anchor are all recorded. */
const recordsAllUpTo = 256;
/** Of more columns only so many are recorded, those with the largest pushes. */
const recordedOfMore = 64;
/**
 * A bound on Σ |push| / Σ push, so that a total near 0 gives no huge shares: HCL's weights also
 * attract, and Σ |push| reaches 2 β + 1 times the total.
 */
const largestCancellation = 16;

/** How many of the columns of each anchor are recorded. */
function recordedColumns(columns: number): number {
  return columns <= recordsAllUpTo ? columns : recordedOfMore;
}

/**
 * What one step records for the ledger, by output name: of A anchors, and of C of their columns (all
 * M, or those with the largest pushes). docs/formulas.md, Gradient shares, has the equations.
 * - [A, C]: `similarity`; `push`, dl_i/ds_ij; `positive`, 1 where the column is one of the loss's
 *   positives, if it has any besides the anchor's own; and if C < M the column's `index`.
 * - [A]: `pushTotal`, by which a push is divided to become a share; `effectiveNegatives`, (Σ p)² / Σ p²
 *   of the negatives' pushes p above 0; `logWeightScale`, c in N q_j = e^(w_j + c); `clamped`, 1 where no negative has a gradient;
 *   and `sameLabelShare`.
 *
 * The loss of an anchor depends on its own row only. So the gradient of the sum of all losses by the
 * similarities is every anchor's push; the encoder takes no part in it. `labels` are those by which
 * `sharesLabel` compares. Where the last column stands for all synthetic negatives (`hasSynthetic`),
 * `syntheticShare` [A] is its share.
 */
export function ledgerOutputs(
  candidates: Candidates,
  loss: Loss,
  scalars: LossScalars,
  labels: readonly PairNumbers[],
  hasSynthetic = false,
): Record<string, tf.Tensor> {
  const push = pushes(candidates, loss, scalars);
  const { isPositive } = candidates;
  const ofNegatives = isPositive ? tf.where<tf.Tensor>(isPositive, tf.zerosLike(push), push) : push;
  const total = pushTotal(ofNegatives);
  const isSame = sharesLabel(labels);
  const ofSameLabel = sumRows(tf.where<tf.Tensor>(isSame, push, tf.scalar(0)));
  const isClamped = tf.cast(tf.equal(total, 0), 'float32');
  const outputs = {
    ...recorded(candidates, push),
    effectiveNegatives: effectiveNegatives(ofNegatives, candidates),
    logWeightScale: logWeightScale(candidates, ofNegatives, loss, scalars),
    pushTotal: total,
    clamped: isClamped,
    sameLabelShare: tf.div(ofSameLabel, tf.add(total, isClamped)),
    ...(hasSynthetic && { syntheticShare: tf.div(lastColumn(push), tf.add(total, isClamped)) }),
  };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [`ledger.${name}`, tensor]),
  );
}

function pushes(candidates: Candidates, loss: Loss, scalars: LossScalars): tf.Tensor2D {
  const losses = (similarity: tf.Tensor): tf.Tensor =>
    loss.of({ ...candidates, similarity: similarity as tf.Tensor2D }, scalars).perAnchorLoss;
  return tf.grad(losses)(candidates.similarity) as tf.Tensor2D;
}

function lastColumn(push: tf.Tensor2D): tf.Tensor1D {
  const [anchors, columns] = push.shape;
  return tf.reshape(tf.slice2d(push, [0, columns - 1], [anchors, 1]), [anchors]);
}

function pushTotal(push: tf.Tensor): tf.Tensor1D {
  return tf.maximum(sumRows(push), tf.mul(sumRows(tf.abs(push)), 1 / largestCancellation));
}

function recorded(
  { similarity, isPositive }: Candidates,
  push: tf.Tensor2D,
): Record<string, tf.Tensor> {
  const positive =
    isPositive && tf.mul<tf.Tensor2D>(tf.onesLike(push), tf.cast(isPositive, 'float32'));
  const columns = push.shape[1];
  const count = recordedColumns(columns);
  if (count === columns) return { similarity, push, ...(positive && { positive }) };
  const { indices } = tf.topk(tf.abs(push), count);
  return {
    index: indices,
    similarity: tf.gather(similarity, indices, 1, 1),
    push: tf.gather(push, indices, 1, 1),
    ...(positive && { positive: tf.gather(positive, indices, 1, 1) }),
  };
}

/**
 * The effective number of negatives of each anchor by what pushes them (Kish), [A]: 0 where nothing is
 * pushed. A column that was drawn m times is m negatives, each with 1/m of its push.
 */
function effectiveNegatives(push: tf.Tensor, { multiplicity }: Candidates): tf.Tensor {
  const pushed = tf.relu(push);
  // Relative to the largest: the squares of small pushes would be 0 in single precision.
  const largest = tf.max(pushed, 1, true);
  const isNone = tf.cast(tf.equal(largest, 0), 'float32');
  const relative = tf.div<tf.Tensor2D>(pushed, tf.add(largest, isNone));
  const squares = tf.square(relative);
  const drawn = multiplicity ? tf.div(squares, tf.maximum(multiplicity, 1)) : squares;
  return tf.div(tf.square(sumRows(relative)), tf.add(sumRows(drawn), tf.squeeze(isNone, [1])));
}

/**
 * c in N q_j = e^(w_j + c), [A], with the importance weights q = softmax(w) of the negatives in the loss,
 * w their `weightLogits`. A column that was drawn several times counts so many times.
 */
function logWeightScale(
  { similarity, isNegative, multiplicity }: Candidates,
  push: tf.Tensor,
  { scalarNames }: Loss,
  scalars: LossScalars,
): tf.Tensor {
  const isRing = scalarNames.includes('ringOuterRank');
  const isIn = isRing ? tf.notEqual(push, 0) : isNegative;
  const logits = weightLogits(similarity, scalars);
  const times = multiplicity ?? tf.onesLike(similarity);
  const count = sumRows(tf.where<tf.Tensor>(isIn, times, tf.scalar(0)));
  const logTotal = logSumExpWhere(logits, isIn, multiplicity);
  return tf.sub(tf.log(tf.maximum(count, 1)), tf.squeeze(logTotal, [1]));
}

function sumRows(matrix: tf.Tensor): tf.Tensor1D {
  return tf.sum<tf.Tensor1D>(matrix, 1);
}
