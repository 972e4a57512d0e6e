import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';

/** Inputs that carry what is known of the pictures of the anchors, [A], and of the columns, [M]. */
export const rowLabels = 'rows.label';
export const columnLabels = 'columns.label';

/** The inputs that the ledger's part of a step takes: labels, int32, -1 where there is none. */
export function ledgerInputs(rows: number, columns: number): InputSpec[] {
  return [
    { name: rowLabels, shape: [rows], dtype: 'int32' },
    { name: columnLabels, shape: [columns], dtype: 'int32' },
  ];
}

/** The candidates kept beyond a gradient's scope; give them to `releasedCandidates` once. */
export function keptCandidates(candidates: Candidates): Candidates {
  return eachTensor(candidates, (tensor) => tf.keep(tf.clone(tensor)));
}

/** The inverse of `keptCandidates`, as tensors of the present scope and constants of any gradient. */
export function releasedCandidates(kept: Candidates): Candidates {
  return eachTensor(kept, (tensor) => {
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
