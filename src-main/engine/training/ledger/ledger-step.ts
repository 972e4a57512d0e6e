import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';

/** Inputs of a step: the labels of the anchors' pictures, [A], and of the columns', [M]. */
export const rowLabels = 'rows.label';
export const columnLabels = 'columns.label';

/** The inputs of the ledger's part of a step: labels' numbers, int32, -1 without a label. */
export function ledgerInputs(rows: number, columns: number): InputSpec[] {
  return [
    { name: rowLabels, shape: [rows], dtype: 'int32' },
    { name: columnLabels, shape: [columns], dtype: 'int32' },
  ];
}

/** Copies of candidates that outlive a gradient's scope; `releasedCandidates` must take them once. */
export function heldCandidates(candidates: Candidates): Candidates {
  return eachTensor(candidates, (tensor) => tf.keep(tf.clone(tensor)));
}

/** Held candidates as tensors of the present scope, constants in any gradient; disposes the copies. */
export function releasedCandidates(held: Candidates): Candidates {
  return eachTensor(held, (tensor) => {
    const free = tf.clone(tensor);
    tensor.dispose();
    return free;
  });
}

function eachTensor(candidates: Candidates, change: (tensor: tf.Tensor) => tf.Tensor): Candidates {
  const entries = Object.entries(candidates) as [keyof Candidates, tf.Tensor][];
  return Object.fromEntries(
    entries.map(([name, tensor]) => [name, change(tensor)]),
  ) as unknown as Candidates;
}
