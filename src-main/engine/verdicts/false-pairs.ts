import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { nearestOf } from '../comparison/neighbour-overlap.ts';

/** What is known of rows: labels and groups of verdicts as numbers, -1 for none; pairs judged different. */
export interface KnownPairs {
  readonly labels: Int32Array;
  readonly groups: Int32Array;
  readonly different: readonly (readonly [number, number])[];
}

/** Of an anchor: whether another row is a false negative. */
export type FalseNegativesOf = (anchor: number) => (other: number) => boolean;

/**
 * Which rows are false negatives of an anchor, by the rules of contract/bins.ts: judged the same, or
 * the same label and not judged different, or each other's nearest neighbours where a label is missing.
 */
export function falsePairs(
  { labels, groups, different }: KnownPairs,
  neighbours: Neighbours,
): FalseNegativesOf {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  const judged = judgedDifferent(different);
  return (anchor) => {
    const group = groups[anchor] ?? -1;
    const label = labels[anchor] ?? -1;
    const apart = judged.get(anchor);
    const mutual = nearestOf(neighbours, anchor, k).filter((other) =>
      nearestOf(neighbours, other, k).includes(anchor),
    );
    return (other) => {
      if (group >= 0 && group === groups[other]) return true;
      if (apart?.has(other) === true) return false;
      const otherLabel = labels[other] ?? -1;
      if (label >= 0 && otherLabel >= 0) return label === otherLabel;
      return mutual.includes(other);
    };
  };
}

function judgedDifferent(pairs: KnownPairs['different']): ReadonlyMap<number, ReadonlySet<number>> {
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
