import { precisionNeighbours } from '../../contract/run-scores.ts';
import { meanOverLabelled } from './label-columns.ts';
import type { LabelledNeighbours } from './label-columns.ts';

/**
 * The precision at `k`, 0 to 1: the share of a picture's `k` most similar other pictures that have its
 * label, as a mean over all pictures with a label. A better encoder raises it. Null if no picture has
 * a label.
 */
export function precisionAtK(
  { neighbours, labels }: LabelledNeighbours,
  k: number = precisionNeighbours,
): number | null {
  const considered = Math.min(k, neighbours.k);
  return meanOverLabelled(labels, (row, label) => {
    const start = row * neighbours.k;
    let same = 0;
    for (let rank = start; rank < start + considered; rank++) {
      if (labels[neighbours.rows[rank] ?? -1] === label) same += 1;
    }
    return same / considered;
  });
}
