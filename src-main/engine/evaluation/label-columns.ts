import type { Neighbours } from '../neighbours/exact-neighbours.ts';

/** The label of each row as a number from 0, or -1 where a picture has none. */
export type LabelColumn = Int32Array;

/** What the scores by neighbours need: exact neighbours, and the labels of the same rows. */
export interface LabelledNeighbours {
  readonly neighbours: Neighbours;
  readonly labels: LabelColumn;
}

/** The mean of what `score` gives for each labelled row, or null when no row has a label. */
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
