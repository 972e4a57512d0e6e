import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours } from './neighbour-overlap.ts';
import { holdersOf, listAt, listsOf, sizeAt } from '../numeric/packed-lists.ts';
import type { PackedLists } from '../numeric/packed-lists.ts';

/** The smallest Jaccard index of two rows' changes with which they are in one group. */
const leastShared = 0.25;
const leastMembers = 3;

/**
 * Rows whose neighbours changed in the same way, and the neighbours that at least half of them
 * gained or lost.
 */
export interface ChangedRows {
  readonly rows: readonly number[];
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

/**
 * The groups of rows whose neighbours changed in the same way, at most `most`, the largest first. In
 * `order` (the most changed row first), each row that is in no group yet leads a new group: all other
 * such rows whose gained and lost neighbours have a Jaccard index of at least a quarter with its own.
 * Groups of fewer than three rows are left out.
 */
export function changedGroups(
  first: Neighbours,
  second: Neighbours,
  k: number,
  order: Uint32Array,
  most: number,
): ChangedRows[] {
  const count = order.length;
  // A gained row has its own number, a lost one its number + count.
  const patterns = listsOf(count, (row) => {
    const { gained, lost } = changedNeighbours(first, second, row, k);
    return [...gained, ...lost.map((other) => other + count)];
  });
  const alike = new AlikeRows(patterns, count);
  const isTaken = new Uint8Array(count);
  const groups: number[][] = [];
  for (const leader of order) {
    if (isTaken[leader] === 1) continue;
    const members = alike.of(leader).filter((row) => isTaken[row] === 0);
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

/** Finds rows with similar changes; the arrays for counting are allocated once. */
class AlikeRows {
  readonly #patterns: PackedLists;
  readonly #holders: PackedLists;
  /** How many items each row shares with the leader; all 0 between two calls. */
  readonly #shared: Uint32Array;
  readonly #touched: Uint32Array;

  constructor(patterns: PackedLists, count: number) {
    this.#patterns = patterns;
    // There are 2 * count items: each row may be gained or lost.
    this.#holders = holdersOf(patterns, 2 * count);
    this.#shared = new Uint32Array(count);
    this.#touched = new Uint32Array(count);
  }

  /** The rows, including the leader, that share enough with the leader. */
  of(leader: number): number[] {
    const shared = this.#shared;
    const own = sizeAt(this.#patterns, leader);
    const touched = this.#count(leader);
    const alike: number[] = [];
    for (let index = 0; index < touched; index++) {
      const row = this.#touched[index] as number;
      const common = shared[row] as number;
      shared[row] = 0;
      const all = own + sizeAt(this.#patterns, row) - common;
      if (common >= leastShared * all) alike.push(row);
    }
    return alike;
  }

  /** Counts what rows share with the leader; returns the number of rows that share anything. */
  #count(leader: number): number {
    const shared = this.#shared;
    const { starts, items } = this.#holders;
    let touched = 0;
    for (const item of listAt(this.#patterns, leader)) {
      const end = starts[item + 1] as number;
      for (let index = starts[item] as number; index < end; index++) {
        const row = items[index] as number;
        const common = shared[row] as number;
        if (common === 0) this.#touched[touched++] = row;
        shared[row] = common + 1;
      }
    }
    return touched;
  }
}

function sharedByHalf(
  rows: readonly number[],
  patterns: PackedLists,
  count: number,
): Pick<ChangedRows, 'gained' | 'lost'> {
  const holders = new Map<number, number>();
  for (const row of rows) {
    for (const item of listAt(patterns, row)) holders.set(item, (holders.get(item) ?? 0) + 1);
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
