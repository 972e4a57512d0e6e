import { mutualNeighbourCount } from '../../contract/bins.ts';
import { isFalseNegative, labelRelation } from '../../contract/false-negative.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';
import { RowVerdicts } from './row-verdicts.ts';
import type { JudgedRows } from './row-verdicts.ts';

/**
 * Numbers of the labels and of the verdicts' groups of rows, -1 for none; and pairs judged
 * different. `groups` may be longer than `labels`: the rows behind are pictures that are not among
 * those of the labels, but in verdicts.
 */
export interface KnownPairs extends JudgedRows {
  readonly labels: Int32Array;
  readonly labelMembers: LabelMembers;
}

/** Gives for an anchor's row whether another row is a false negative. */
export type FalseNegativesOf = (anchor: number) => (other: number) => boolean;

/** Gives the rows that are suspected of an anchor where neither label nor verdict says what they are. */
export type SuspectsOf = (anchor: number) => Int32Array;

/**
 * Gives which rows are false negatives of an anchor, by the rule in contract/false-negative.ts; without
 * `suspectsOf` its mutual neighbours are suspected.
 */
export function falsePairs(
  { labels, labelMembers, groups, different }: KnownPairs,
  neighbours: Neighbours,
  suspectsOf: SuspectsOf = (anchor) => mutualOf(neighbours, anchor),
): FalseNegativesOf {
  const judged = new RowVerdicts({ groups, different });
  return (anchor) => {
    const label = labels[anchor] ?? noLabel;
    const suspects = suspectsOf(anchor);
    return (other) =>
      isFalseNegative({
        verdict: judged.inForce(anchor, other),
        labels: labelRelation(label, labels[other] ?? noLabel, labelMembers),
        isSuspected: suspects.includes(other),
      });
  };
}

function mutualOf(neighbours: Neighbours, anchor: number): Int32Array {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  return nearestOf(neighbours, anchor, k).filter((other) =>
    nearestOf(neighbours, other, k).includes(anchor),
  );
}
