import * as tf from '@tensorflow/tfjs';
import type { Candidates } from '../../losses/candidates.ts';
import { countWhere } from '../../losses/masks.ts';

/** A batch of B pictures, and a memory bank with one unit row for each of n pictures. */
export interface BankBatch {
  /** Unit rows of the batch, [B, d]. */
  readonly x: tf.Tensor2D;
  /** Unit rows, [n, d], constant. */
  readonly bank: tf.Tensor2D;
  /** The bank row of each picture of the batch, [B], int32. */
  readonly rows: tf.Tensor1D;
  /** The row of each picture's positive, [B], int32; its own row where left out. */
  readonly positives?: tf.Tensor1D;
}

/**
 * The batch against the whole bank (InstDisc with nce_k = 0): the positive is the picture's own row, or
 * that of its positive; every row but its own is a negative; n columns.
 */
export function bankCandidates(batch: BankBatch): Candidates {
  const columns = tf.range(0, batch.bank.shape[0], 1, 'int32');
  const isNegative = tf.notEqual(columns, tf.expandDims(batch.rows, 1));
  return {
    similarity: tf.matMul(batch.x, batch.bank, false, true),
    positiveSimilarity: positiveSimilarity(batch),
    isNegative,
    negatives: countWhere(isNegative),
  };
}

/**
 * The batch against the bank, each bank row counted as often as it was drawn for the anchor (`draws`
 * [B, n]); n columns. The official code also draws the picture's own row; a training does not
 * (`bankDrawFeeds`). For banks that are not much larger than the number of draws.
 */
export function countedBankCandidates(batch: BankBatch, draws: tf.Tensor2D): Candidates {
  return {
    similarity: tf.matMul(batch.x, batch.bank, false, true),
    positiveSimilarity: positiveSimilarity(batch),
    isNegative: tf.greater(draws, 0),
    negatives: tf.sum<tf.Tensor2D>(draws, 1, true),
    multiplicity: draws,
  };
}

/**
 * The batch against the drawn bank rows only (`noise` [B, K], int32): K columns, each anchor its
 * own. For large banks.
 */
export function drawnBankCandidates(batch: BankBatch, noise: tf.Tensor2D): Candidates {
  const [anchors, draws] = noise.shape;
  const rows = tf.gather(batch.bank, noise);
  const products = tf.matMul(rows, tf.expandDims(batch.x, 2));
  return {
    similarity: tf.squeeze<tf.Tensor2D>(products, [2]),
    positiveSimilarity: positiveSimilarity(batch),
    isNegative: tf.ones([anchors, draws], 'bool'),
    negatives: tf.fill([anchors, 1], draws),
  };
}

function positiveSimilarity({ x, bank, rows, positives = rows }: BankBatch): tf.Tensor2D {
  return tf.sum<tf.Tensor2D>(tf.mul(x, tf.gather(bank, positives)), 1, true);
}

/**
 * The bank after the batch: v ← (m v + (1 - m) x) / |m v + (1 - m) x| for the rows of the batch's
 * pictures, which must be distinct; m is `momentum`.
 */
export function updatedBank({ x, bank, rows }: BankBatch, momentum: tf.Scalar): tf.Tensor2D {
  const old = tf.mul(tf.gather(bank, rows), momentum);
  const mixed = tf.add(old, tf.mul(x, tf.sub(1, momentum)));
  const lengths = tf.sqrt(tf.sum(tf.square(mixed), 1, true));
  return tf.tensorScatterUpdate(bank, tf.expandDims(rows, 1), tf.div(mixed, lengths));
}
