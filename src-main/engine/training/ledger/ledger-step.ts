import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../graph/recorder/input-spec.ts';
import type { Candidates } from '../../losses/candidates.ts';

/** The input of a step with a label of the anchors' pictures in each slot, [A]. */
export function rowLabels(slot: number): string {
  return `rows.label${slot}`;
}

/** The input of a step with a label of the columns' pictures in each slot, [M]. */
export function columnLabels(slot: number): string {
  return `columns.label${slot}`;
}

/**
 * The inputs of the ledger's part of a step: labels' numbers, int32, -1 without a label, in as many
 * slots as a picture may have labels.
 */
export function ledgerInputs(rows: number, columns: number, slots: number): InputSpec[] {
  return Array.from({ length: slots }, (_, slot): InputSpec[] => [
    { name: rowLabels(slot), shape: [rows], dtype: 'int32' },
    { name: columnLabels(slot), shape: [columns], dtype: 'int32' },
  ]).flat();
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
