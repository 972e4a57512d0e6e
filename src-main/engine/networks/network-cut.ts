import * as tf from '@tensorflow/tfjs';
import type { Weights } from './weights.ts';

/** A tensor between two layers of a network. */
export interface CutTensor {
  readonly name: string;
  /** Of one picture. */
  readonly shape: readonly number[];
}

/** A network in two parts: the layers that are not trained, and the others, which begin with their tensors. */
export interface NetworkCut {
  /** What the trained layers take of the others: one tensor or, with branches and shortcuts, several. */
  readonly tensors: readonly CutTensor[];
  /** These tensors of pictures [n, side, side, 3], 0 to 255. */
  readonly before: (pictures: tf.Tensor4D) => tf.Tensor[];
  /** The network's features [n, dimensions] from these tensors. */
  readonly after: (tensors: readonly tf.Tensor[], weights: Weights) => tf.Tensor2D;
}

/** The numbers of one picture that a cut network begins with. */
export function cutWidth({ tensors }: Pick<NetworkCut, 'tensors'>): number {
  return tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** The tensors of n pictures side by side, one row a picture: [n, width]. */
export function rowsOfCut(tensors: readonly tf.Tensor[]): tf.Tensor2D {
  const rows = tensors.map((tensor) => tf.reshape(tensor, [tensor.shape[0], -1]));
  const [only] = rows;
  return (rows.length === 1 && only ? only : tf.concat(rows, 1)) as tf.Tensor2D;
}

/** The tensors in rows that `rowsOfCut` made. */
export function tensorsOfRows(
  { tensors }: Pick<NetworkCut, 'tensors'>,
  rows: tf.Tensor2D,
): tf.Tensor[] {
  const sizes = tensors.map(({ shape }) => sizeOf(shape));
  const parts = tensors.length === 1 ? [rows] : tf.split(rows, sizes, 1);
  return parts.map((part, at) => tf.reshape(part, [rows.shape[0], ...(tensors[at]?.shape ?? [])]));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
