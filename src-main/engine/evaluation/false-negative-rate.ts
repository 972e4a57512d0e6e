import { meanOverLabelled } from './label-columns.ts';
import type { LabelledNeighbours } from './label-columns.ts';

/** How many of an anchor's most similar negatives count as its hardest. */
export const hardestNegatives = 20;

/**
 * The false-negative rate, 0 to 1: the part of an anchor's `k` most similar other pictures that have
 * its label, as a mean over all anchors with a label; null if no picture has one.
 */
export function falseNegativeRate(
  { neighbours, labels }: LabelledNeighbours,
  k: number = hardestNegatives,
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
