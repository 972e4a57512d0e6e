import { binNames, type BinName } from '../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../src-main/contract/negatives.ts';

/** A negative in both runs: its bin, rank (from 1) and similarity in each; null where it is none. */
export interface BinMove {
  readonly id: number;
  readonly before: Standing | null;
  readonly after: Standing | null;
}

export interface Standing {
  readonly bin: BinName;
  readonly rank: number;
  readonly similarity: number;
}

export interface BinMoves {
  readonly entered: readonly BinMove[];
  readonly left: readonly BinMove[];
  readonly kept: readonly BinMove[];
}

/**
 * What entered, left and stayed in a bin from the first explanation to the second, by best rank. Only
 * the bin's own negatives are looked at: an explanation may have 50,000.
 */
export function movesOfBin(
  bin: BinName,
  [first, second]: readonly [Explanation, Explanation],
): BinMoves {
  const wanted = binNames.indexOf(bin);
  const placesIn = (explanation: Explanation): Map<number, number> =>
    placesOf(explanation, (place) => explanation.bin[place] === wanted);
  const [before, after] = [placesIn(first), placesIn(second)];
  const others = new Set([...before.keys(), ...after.keys()]);
  const [everBefore, everAfter] = [first, second].map((explanation) =>
    placesOf(explanation, (place) => others.has(explanation.ids[place] ?? -1)),
  );
  const move = (id: number): BinMove => ({
    id,
    before: standingAt(first, everBefore?.get(id)),
    after: standingAt(second, everAfter?.get(id)),
  });
  const moves = (ids: Iterable<number>, isWanted: (id: number) => boolean): BinMove[] =>
    [...ids]
      .filter(isWanted)
      .map(move)
      .sort((one, other) => bestRank(one) - bestRank(other));
  return {
    entered: moves(after.keys(), (id) => !before.has(id)),
    left: moves(before.keys(), (id) => !after.has(id)),
    kept: moves(before.keys(), (id) => after.has(id)),
  };
}

/** The places, by id, of an explanation's negatives that are wanted. */
function placesOf({ ids }: Explanation, isWanted: (place: number) => boolean): Map<number, number> {
  const places = new Map<number, number>();
  for (let place = 0; place < ids.length; place++) {
    if (isWanted(place)) places.set(ids[place] ?? -1, place);
  }
  return places;
}

function standingAt({ bin, similarity }: Explanation, place: number | undefined): Standing | null {
  if (place === undefined) return null;
  return {
    bin: binNames[bin[place] ?? -1] ?? 'easy',
    rank: place + 1,
    similarity: similarity[place] ?? 0,
  };
}

function bestRank({ before, after }: BinMove): number {
  return Math.min(before?.rank ?? Infinity, after?.rank ?? Infinity);
}
