import type { InputSpec } from '../../graph/recorder/input-spec.ts';

/** Input of a step: which columns were judged different from which anchors; [A, M]. */
export const differentPairs = 'pairs.different';

/**
 * The training state's array with the pairs that were judged different at the start of the run: sample
 * ids, one pair after the other, [2 · pairs].
 */
export const differentPairsArray = 'differentPairs';

/** The spec of the pairs of A anchors and M columns. */
export function differentInput(rows: number, columns: number): InputSpec {
  return { name: differentPairs, shape: [rows, columns], dtype: 'uint8' };
}
