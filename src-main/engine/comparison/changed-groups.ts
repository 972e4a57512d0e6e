import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours } from './neighbour-overlap.ts';
import { holdersOf, listAt, listsOf, sizeAt } from '../numeric/packed-lists.ts';
import type { PackedLists } from '../numeric/packed-lists.ts';

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

/** Finds the rows whose patterns are like another's; counts in arrays that are made once. */
class AlikeRows {
  readonly #patterns: PackedLists;
  readonly #holders: PackedLists;
  /** What each row shares with the leader; 0 throughout between two calls. */
  readonly #shared: Uint32Array;
  readonly #touched: Uint32Array;

  constructor(patterns: PackedLists, count: number) {
    this.#patterns = patterns;
    // An item is a row that was gained, or one that was lost.
    this.#holders = holdersOf(patterns, 2 * count);
    this.#shared = new Uint32Array(count);
    this.#touched = new Uint32Array(count);
  }

  /** The rows, the leader among them, that share enough with the leader. */
  of(leader: number): number[] {
    const shared = this.#shared;
    const own = sizeAt(this.#patterns, leader);
    const touched = this.#count(leader);
    const alike: number[] = [];
    for (let place = 0; place < touched; place++) {
      const row = this.#touched[place] as number;
      const common = shared[row] as number;
      shared[row] = 0;
      const all = own + sizeAt(this.#patterns, row) - common;
      if (common >= leastShared * all) alike.push(row);
    }
    return alike;
  }

  /** Counts what rows share with the leader; gives how many share anything. */
  #count(leader: number): number {
    const shared = this.#shared;
    const { starts, items } = this.#holders;
    let touched = 0;
    for (const item of listAt(this.#patterns, leader)) {
      const end = starts[item + 1] as number;
      for (let place = starts[item] as number; place < end; place++) {
        const row = items[place] as number;
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
