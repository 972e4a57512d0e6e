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

/** What entered, left and stayed in a bin from the first explanation to the second, by best rank. */
export function movesOfBin(
  bin: BinName,
  [first, second]: readonly [Explanation, Explanation],
): BinMoves {
  const before = standings(first);
  const after = standings(second);
  const moves = [...new Set([...first.ids, ...second.ids])].map((id) => ({
    id,
    before: before.get(id) ?? null,
    after: after.get(id) ?? null,
  }));
  const wanted = (wasIn: boolean, isIn: boolean): BinMove[] =>
    moves
      .filter((move) => (move.before?.bin === bin) === wasIn && (move.after?.bin === bin) === isIn)
      .sort((one, other) => bestRank(one) - bestRank(other));
  return { entered: wanted(false, true), left: wanted(true, false), kept: wanted(true, true) };
}

function standings({ ids, bin, similarity }: Explanation): Map<number, Standing> {
  return new Map(
    Array.from(ids, (id, rank) => [
      id,
      {
        bin: binNames[bin[rank] ?? -1] ?? 'easy',
        rank: rank + 1,
        similarity: similarity[rank] ?? 0,
      },
    ]),
  );
}

function bestRank({ before, after }: BinMove): number {
  return Math.min(before?.rank ?? Infinity, after?.rank ?? Infinity);
}
