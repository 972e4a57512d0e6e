import * as tf from '@tensorflow/tfjs';
import { logSumExpWhere, onlyWhere } from '../../losses/candidates.ts';
import type { Candidates } from '../../losses/candidates.ts';
import type { ObjectiveScalars, Selection } from '../../losses/selection.ts';

/** Up to so many columns a step tells all of them, beyond it those with the largest pushes. */
const tellsAllUpTo = 256;
const toldOfMore = 64;
/** HCL's shares add up to 1 while their magnitudes reach 2 β + 1; attraction must not divide by 0. */
const largestCancellation = 16;

/** How many columns of each anchor a step tells, of `columns`. */
export function toldColumns(columns: number): number {
  return columns <= tellsAllUpTo ? columns : toldOfMore;
}

/** Labels as numbers from 0, -1 where there is none: of the anchors, A, and of the columns, M; int32. */
export interface LedgerLabels {
  readonly rows: tf.Tensor1D;
  readonly columns: tf.Tensor1D;
}

/**
 * What one step tells the ledger of A anchors and their C told columns. `similarity` and `push`
 * (dl_i/ds_ij; docs/formulas.md, Gradient shares), A × C, and where C < M `index`, A × C; of each
 * anchor, A: `pushTotal` that makes a push a share, `effectiveNegatives` (1 / Σ q²), `logWeightScale` (N q =
 * e^(β s / t + scale)), `clamped` (1 where no negative has a gradient) and `sameLabelShare`. The
 * loss of an anchor depends on its own row alone, so the gradient of their sum holds every push;
 * only this small tape is gone back through, not the encoder's.
 */
export function ledgerOutputs(
  candidates: Candidates,
  selection: Selection,
  scalars: ObjectiveScalars,
  labels: LedgerLabels,
): Record<string, tf.Tensor> {
  const push = pushes(candidates, selection, scalars);
  const { attracted } = candidates;
  const ofNegatives = attracted ? tf.where<tf.Tensor>(attracted, tf.zerosLike(push), push) : push;
  const total = pushTotal(ofNegatives);
  const isSame = tf.logicalAnd(
    tf.equal(tf.expandDims(labels.rows, 1), tf.expandDims(labels.columns, 0)),
    tf.greaterEqual(tf.expandDims(labels.rows, 1), 0),
  );
  const ofSameLabel = sumRows(tf.where<tf.Tensor>(isSame, push, tf.scalar(0)));
  const isClamped = tf.cast(tf.equal(total, 0), 'float32');
  const outputs = {
    ...told(candidates.similarity, push),
    ...weights(candidates, ofNegatives, selection, scalars),
    pushTotal: total,
    clamped: isClamped,
    sameLabelShare: tf.div(ofSameLabel, tf.add(total, isClamped)),
  };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [`ledger.${name}`, tensor]),
  );
}

function pushes(
  candidates: Candidates,
  selection: Selection,
  scalars: ObjectiveScalars,
): tf.Tensor2D {
  const losses = (similarity: tf.Tensor): tf.Tensor =>
    selection.loss({ ...candidates, similarity: similarity as tf.Tensor2D }, scalars).perAnchorLoss;
  return tf.grad(losses)(candidates.similarity) as tf.Tensor2D;
}

function pushTotal(push: tf.Tensor): tf.Tensor1D {
  return tf.maximum(sumRows(push), tf.mul(sumRows(tf.abs(push)), 1 / largestCancellation));
}

function told(similarity: tf.Tensor2D, push: tf.Tensor2D): Record<string, tf.Tensor> {
  const columns = push.shape[1];
  const count = toldColumns(columns);
  if (count === columns) return { similarity, push };
  const { indices } = tf.topk(tf.abs(push), count);
  return {
    index: indices,
    similarity: tf.gather(similarity, indices, 1, 1),
    push: tf.gather(push, indices, 1, 1),
  };
}

/**
 * The importance weights q = softmax(β s / t) over the negatives in the loss, all alike without β; a
 * column that was drawn more than once counts as often.
 */
function weights(
  { similarity, isNegative, multiplicity }: Candidates,
  push: tf.Tensor,
  { scalarNames }: Selection,
  { beta, temperature }: ObjectiveScalars,
): Record<string, tf.Tensor> {
  const isRing = scalarNames.includes('ringOuterRank');
  const isIn = isRing ? tf.notEqual(push, 0) : isNegative;
  const isWeighed = beta !== undefined && temperature !== undefined;
  const logits = isWeighed
    ? tf.div<tf.Tensor2D>(tf.mul(similarity, beta), temperature)
    : tf.zerosLike(similarity);
  const times = multiplicity ?? tf.onesLike(similarity);
  const counted = tf.where<tf.Tensor>(isIn, times, tf.scalar(0));
  const count = sumRows(counted);
  const logTotal = logSumExpWhere(logits, isIn, multiplicity);
  const q = tf.exp(tf.sub(onlyWhere(logits, isIn), logTotal));
  const squares = sumRows(tf.mul(counted, tf.square(q)));
  // An anchor whose negatives were all judged the same has none: neither number is then told.
  const hasNone = tf.cast(tf.equal(count, 0), 'float32');
  return {
    effectiveNegatives: tf.div(tf.sub(1, hasNone), tf.add(squares, hasNone)),
    logWeightScale: tf.sub(tf.log(tf.maximum(count, 1)), tf.squeeze(logTotal, [1])),
  };
}

function sumRows(matrix: tf.Tensor): tf.Tensor1D {
  return tf.sum<tf.Tensor1D>(matrix, 1);
}
