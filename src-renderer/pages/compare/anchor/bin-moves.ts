import { binNames, type BinName } from '../../../../src-main/contract/bins.ts';
import type { Explanation } from '../../../../src-main/contract/negatives.ts';

/**
 * A negative in both runs: its bin, rank (from 1) and similarity in each; null where it is none.
 */
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

interface BinMoves {
  readonly entered: readonly BinMove[];
  readonly left: readonly BinMove[];
  readonly stayed: readonly BinMove[];
}

/**
 * What entered, left and stayed in a bin from the first explanation to the second, by best rank.
 * Only the bin's own negatives are looked at: an explanation may have 50,000.
 */
export function movesOfBin(
  bin: BinName,
  [first, second]: readonly [Explanation, Explanation],
): BinMoves {
  const wanted = binNames.indexOf(bin);
  const indicesIn = (explanation: Explanation): Map<number, number> =>
    indicesOf(explanation, (index) => explanation.bin[index] === wanted);
  const [before, after] = [indicesIn(first), indicesIn(second)];
  const others = new Set([...before.keys(), ...after.keys()]);
  const [everBefore, everAfter] = [first, second].map((explanation) =>
    indicesOf(explanation, (index) => others.has(explanation.ids[index] ?? -1)),
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
    stayed: moves(before.keys(), (id) => after.has(id)),
  };
}

/** The indices, by id, of an explanation's negatives that are wanted. */
function indicesOf(
  { ids }: Explanation,
  isWanted: (index: number) => boolean,
): Map<number, number> {
  const indices = new Map<number, number>();
  for (let index = 0; index < ids.length; index++) {
    if (isWanted(index)) indices.set(ids[index] ?? -1, index);
  }
  return indices;
}

function standingAt({ bin, similarity }: Explanation, index: number | undefined): Standing | null {
  if (index === undefined) return null;
  return {
    bin: binNames[bin[index] ?? -1] ?? 'easy',
    rank: index + 1,
    similarity: similarity[index] ?? 0,
  };
}

function bestRank({ before, after }: BinMove): number {
  return Math.min(before?.rank ?? Infinity, after?.rank ?? Infinity);
}
