import { mutualNeighbourCount } from '../../contract/bins.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { nearestOf } from './neighbour-overlap.ts';

/** What is known of rows: labels and groups of verdicts as numbers, -1 for none; pairs judged different. */
export interface KnownPairs {
  readonly labels: Int32Array;
  readonly groups: Int32Array;
  readonly different: readonly (readonly [number, number])[];
}

/**
 * Whether two rows are a false negative pair, by the rules of contract/bins.ts: judged the same, or
 * the same label and not judged different, or each other's nearest neighbours where a label is missing.
 */
export function falsePairs(
  { labels, groups, different }: KnownPairs,
  neighbours: Neighbours,
): (anchor: number, other: number) => boolean {
  const k = Math.min(mutualNeighbourCount, neighbours.k);
  const judged = new Set(different.flatMap(([one, other]) => [key(one, other), key(other, one)]));
  return (anchor, other) => {
    const group = groups[anchor] ?? -1;
    if (group >= 0 && group === groups[other]) return true;
    if (judged.size > 0 && judged.has(key(anchor, other))) return false;
    const [one = -1, two = -1] = [labels[anchor], labels[other]];
    if (one >= 0 && two >= 0) return one === two;
    return (
      nearestOf(neighbours, anchor, k).includes(other) &&
      nearestOf(neighbours, other, k).includes(anchor)
    );
  };
}

function key(one: number, other: number): string {
  return `${one} ${other}`;
}
