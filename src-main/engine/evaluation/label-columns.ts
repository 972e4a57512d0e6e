import { noLabel } from '../../contract/label-sets.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';

/** The number of each row's label from 0, or -1 without a label. */
export type LabelColumn = Int32Array;

/**
 * The labels of the rows that have exactly one: -1 for rows without a label, and for rows with several,
 * which no classifier of one class each can get right or wrong.
 */
export function singleLabels(labels: LabelColumn, members: LabelMembers): LabelColumn {
  return labels.map((label) => (members[label]?.length === 1 ? label : noLabel));
}

/** Exact neighbours of rows, and the labels of the same rows. */
export interface LabelledNeighbours {
  readonly neighbours: Neighbours;
  readonly labels: LabelColumn;
}

/** The mean of `score` over the labelled rows; null if no row has a label. */
export function meanOverLabelled(
  labels: LabelColumn,
  score: (row: number, label: number) => number,
): number | null {
  let total = 0;
  let counted = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0) continue;
    total += score(row, label);
    counted += 1;
  }
  return counted === 0 ? null : total / counted;
}
