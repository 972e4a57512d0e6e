import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from '../../graph/program.ts';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Random } from '../../numeric/random.ts';
import { shuffledOrder } from '../../numeric/random.ts';

/** The inputs of a step with the order of its keys, and the way back; none for one split. */
const [order, inverse] = ['keyOrder', 'keyOrderInverse'];

/** The inputs of `shuffled`: a permutation of the `rows` key views and its inverse, which one split does not need. */
export function shuffleInputs(rows: number, splits: number): InputSpec[] {
  if (splits === 1) return [];
  return [order, inverse].map((name) => ({ name, shape: [rows], dtype: 'int32' }));
}

/** What feeds `shuffleInputs` with a new permutation. */
export function shuffleFeeds(
  rows: number,
  splits: number,
  random: Random,
): Record<string, NamedArray['values']> {
  if (splits === 1) return {};
  const drawn = Int32Array.from(shuffledOrder(rows, random));
  const back = new Int32Array(rows);
  for (const [place, row] of drawn.entries()) back[row] = place;
  return { [order]: drawn, [inverse]: back };
}

/**
 * `encode` of the rows in the step's random order, its results back in the rows' own order. A key and
 * its query are then normalised in splits of different pictures, so that the statistics of a split do
 * not tell which key belongs to which query (MoCo's shuffled batch norm).
 */
export function shuffled(
  rows: tf.Tensor,
  splits: number,
  input: (name: string) => tf.Tensor,
  encode: (rows: tf.Tensor) => tf.Tensor2D,
): tf.Tensor2D {
  if (splits === 1) return encode(rows);
  const keys = encode(tf.gather(rows, input(order)));
  return tf.gather(keys, input(inverse));
}
