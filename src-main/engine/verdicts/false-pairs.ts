import { mutualNeighbourCount } from '../../contract/bins.ts';
import { isFalseNegative, labelRelation } from '../../contract/false-negative.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';
import { RowVerdicts } from './row-verdicts.ts';
import type { JudgedRows } from './row-verdicts.ts';

/**
 * Numbers of the labels of rows, -1 for none; and what verdicts say of rows. `groups` may be longer than `labels`: the rows behind are pictures that are not among
 * those of the labels, but in verdicts.
 */
export interface KnownPairs extends JudgedRows {
  readonly labels: Int32Array;
  readonly labelMembers: LabelMembers;
}

/** Gives for an anchor's row whether another row is a false negative. */
export type FalseNegativesOf = (anchor: number) => (other: number) => boolean;

/** Gives which rows are false negatives of an anchor, by the rule in contract/false-negative.ts. */
export function falsePairs(
  { labels, labelMembers, ...judgedRows }: KnownPairs,
  neighbours: Neighbours,
): FalseNegativesOf {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  const judged = new RowVerdicts(judgedRows);
  return (anchor) => {
    const label = labels[anchor] ?? noLabel;
    const mutual = nearestOf(neighbours, anchor, k).filter((other) =>
      nearestOf(neighbours, other, k).includes(anchor),
    );
    return (other) =>
      isFalseNegative({
        verdict: judged.inForce(anchor, other),
        labels: labelRelation(label, labels[other] ?? noLabel, labelMembers),
        isMutual: mutual.includes(other),
      });
  };
}
