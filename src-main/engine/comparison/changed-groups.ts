import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours } from './neighbour-overlap.ts';

const leastShared = 0.25;
const leastMembers = 3;

/** Rows that changed in the same way, and the rows that at least half of them gained or lost. */
export interface ChangedRows {
  readonly rows: readonly number[];
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

/**
 * Gathers rows whose gained and lost neighbours are alike: from the most changed row on, each row
 * that is in no group yet takes to itself all such rows that share at least a quarter of what either
 * gained or lost (Jaccard index of both sets together). Groups of three and more, the largest first;
 * the same input gives the same groups.
 */
export function changedGroups(
  first: Neighbours,
  second: Neighbours,
  k: number,
  order: Uint32Array,
  most: number,
): ChangedRows[] {
  const count = order.length;
  // What was lost is numbered after what was gained.
  const patterns = Array.from({ length: count }, (_, row) => {
    const { gained, lost } = changedNeighbours(first, second, row, k);
    return [...gained, ...lost.map((other) => other + count)];
  });
  const holders = holdersOf(patterns);
  const isTaken = new Uint8Array(count);
  const groups: number[][] = [];
  for (const leader of order) {
    if (isTaken[leader] === 1) continue;
    const members = alikeTo(leader, patterns, holders).filter((row) => isTaken[row] === 0);
    if (members.length < leastMembers) continue;
    for (const row of members) isTaken[row] = 1;
    const others = members.filter((row) => row !== leader);
    groups.push([leader, ...others.sort((a, b) => a - b)]);
  }
  return groups
    .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
    .slice(0, most)
    .map((rows) => ({ rows, ...sharedByHalf(rows, patterns, count) }));
}

type Patterns = readonly (readonly number[])[];

/** The rows in whose pattern each item is. */
function holdersOf(patterns: Patterns): ReadonlyMap<number, readonly number[]> {
  const holders = new Map<number, number[]>();
  for (const [row, pattern] of patterns.entries()) {
    for (const item of pattern) {
      const known = holders.get(item);
      if (known) known.push(row);
      else holders.set(item, [row]);
    }
  }
  return holders;
}

/** The rows, the leader among them, whose patterns share enough with the leader's. */
function alikeTo(
  leader: number,
  patterns: Patterns,
  holders: ReadonlyMap<number, readonly number[]>,
): number[] {
  const pattern = patterns[leader] ?? [];
  const shared = new Map<number, number>();
  for (const item of pattern) {
    for (const row of holders.get(item) ?? []) shared.set(row, (shared.get(row) ?? 0) + 1);
  }
  return [...shared]
    .filter(([row, common]) => {
      const all = pattern.length + (patterns[row]?.length ?? 0) - common;
      return common >= leastShared * all;
    })
    .map(([row]) => row);
}

function sharedByHalf(
  rows: readonly number[],
  patterns: Patterns,
  count: number,
): Pick<ChangedRows, 'gained' | 'lost'> {
  const holders = new Map<number, number>();
  for (const row of rows) {
    for (const item of patterns[row] ?? []) holders.set(item, (holders.get(item) ?? 0) + 1);
  }
  const shared = [...holders]
    .filter(([, times]) => 2 * times >= rows.length)
    .sort(([itemA, timesA], [itemB, timesB]) => timesB - timesA || itemA - itemB)
    .map(([item]) => item);
  return {
    gained: shared.filter((item) => item < count),
    lost: shared.filter((item) => item >= count).map((item) => item - count),
  };
}
