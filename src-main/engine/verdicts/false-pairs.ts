import { mutualNeighbourCount } from '../../contract/bins.ts';
import { isFalseNegative, labelRelation } from '../../contract/false-negative.ts';
import type { PairKnowledge } from '../../contract/false-negative.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { noLabel } from '../../contract/label-sets.ts';
import type { LabelMembers } from '../../contract/label-sets.ts';

/**
 * Numbers of the labels and of the verdicts' groups of rows, -1 for none; and pairs judged
 * different.
 */
export interface KnownPairs {
  readonly labels: Int32Array;
  readonly labelMembers: LabelMembers;
  readonly groups: Int32Array;
  readonly different: readonly (readonly [number, number])[];
}

/** Gives for an anchor's row whether another row is a false negative. */
export type FalseNegativesOf = (anchor: number) => (other: number) => boolean;

/** Gives which rows are false negatives of an anchor, by the rule in contract/false-negative.ts. */
export function falsePairs(
  { labels, labelMembers, groups, different }: KnownPairs,
  neighbours: Neighbours,
): FalseNegativesOf {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  const judged = judgedDifferent(different);
  return (anchor) => {
    const group = groups[anchor] ?? -1;
    const label = labels[anchor] ?? noLabel;
    const apart = judged.get(anchor);
    const mutual = nearestOf(neighbours, anchor, k).filter((other) =>
      nearestOf(neighbours, other, k).includes(anchor),
    );
    return (other) =>
      isFalseNegative({
        verdict: verdictOf(group, groups[other] ?? -1, apart?.has(other) === true),
        labels: labelRelation(label, labels[other] ?? noLabel, labelMembers),
        isMutual: mutual.includes(other),
      });
  };
}

/**
 * The verdict on two rows by their groups; "same" if they are in one group, even if judged
 * different.
 */
export function verdictOf(
  group: number,
  otherGroup: number,
  isJudgedDifferent: boolean,
): PairKnowledge['verdict'] {
  if (group >= 0 && group === otherGroup) return 'same';
  return isJudgedDifferent ? 'different' : null;
}

/** For each row the rows from which it was judged different. */
export function judgedDifferent(
  pairs: KnownPairs['different'],
): ReadonlyMap<number, ReadonlySet<number>> {
  const judged = new Map<number, Set<number>>();
  const add = (row: number, other: number): void => {
    const known = judged.get(row);
    if (known) known.add(other);
    else judged.set(row, new Set([other]));
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return judged;
}
