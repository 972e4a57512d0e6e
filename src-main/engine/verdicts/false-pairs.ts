import { binByKnowledge, mutualNeighbourCount } from '../../contract/bins.ts';
import { labelRelation } from '../../contract/label-relation.ts';
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

/** Gives for an anchor's row whether another row is a false negative, suspected, or neither. */
export type KnownBinsOf = (anchor: number) => (other: number) => ReturnType<typeof binByKnowledge>;

/** Gives the rows that are suspected of an anchor where neither label nor verdict says what they are. */
export type SuspectsOf = (anchor: number) => Int32Array;

/** Gives which rows are false or suspected, seen from an anchor, by the rule in contract/bins.ts. */
export function knownBins(
  { labels, labelMembers, ...judgedRows }: KnownPairs,
  suspectsOf: SuspectsOf,
): KnownBinsOf {
  const judged = new RowVerdicts(judgedRows);
  return (anchor) => {
    const label = labels[anchor] ?? noLabel;
    const suspects = suspectsOf(anchor);
    return (other) =>
      binByKnowledge({
        verdict: judged.inForce(anchor, other),
        labels: labelRelation(label, labels[other] ?? noLabel, labelMembers),
        isSuspected: suspects.includes(other),
      });
  };
}

/** The suspicion by mutual neighbours: each is among the other's nearest. */
export function mutualSuspects(neighbours: Neighbours): SuspectsOf {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  return (anchor) =>
    nearestOf(neighbours, anchor, k).filter((other) =>
      nearestOf(neighbours, other, k).includes(anchor),
    );
}
