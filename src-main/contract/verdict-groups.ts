import type { VerdictKind } from './verdicts.ts';

/** A verdict on two pictures, by content hash. */
export interface PairVerdict {
  readonly hashA: string;
  readonly hashB: string;
  readonly verdict: VerdictKind;
}

export interface GroupedVerdicts {
  /**
   * Groups of two or more pictures that chains of "same" connect, as hashes; pictures without "same"
   * are in none. Whether it passes on within them is another question (`JudgedPairs`).
   */
  readonly groups: readonly (readonly string[])[];
  /** For each "different" within a group: the shortest chain of "same" between its pictures. */
  readonly conflicts: readonly (readonly string[])[];
}

/**
 * Groups pictures that "same" connects: A = B and B = C make one group of three. "Unsure" has no
 * effect.
 */
export function groupVerdicts(verdicts: readonly PairVerdict[]): GroupedVerdicts {
  const neighbours = sameNeighbours(verdicts);
  const groupOf = new Map<string, readonly string[]>();
  const groups: (readonly string[])[] = [];
  for (const hash of [...neighbours.keys()].sort()) {
    if (groupOf.has(hash)) continue;
    const group = [...walk(neighbours, hash).keys()].sort();
    for (const member of group) groupOf.set(member, group);
    groups.push(group);
  }
  const conflicts = verdicts
    .filter(({ verdict }) => verdict === 'different')
    .filter(({ hashA, hashB }) => isTogether(groupOf, hashA, hashB))
    .map(({ hashA, hashB }) => chainBetween(neighbours, hashA, hashB));
  return { groups, conflicts };
}

function isTogether(
  groupOf: ReadonlyMap<string, readonly string[]>,
  first: string,
  second: string,
): boolean {
  const group = groupOf.get(first);
  return group !== undefined && group === groupOf.get(second);
}

export type Neighbours = ReadonlyMap<string, readonly string[]>;

/** For each picture, those that were judged the same as it. */
export function sameNeighbours(verdicts: readonly PairVerdict[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  const connect = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  for (const { hashA, hashB, verdict } of verdicts) {
    if (verdict !== 'same') continue;
    connect(hashA, hashB);
    connect(hashB, hashA);
  }
  return neighbours;
}

/**
 * Every picture that can be reached from one, the nearest first, with the picture before it in the
 * chain.
 */
function walk(neighbours: Neighbours, start: string): Map<string, string | null> {
  const reachedFrom = new Map<string, string | null>([[start, null]]);
  // Iterating over a Map includes entries that are added meanwhile.
  for (const hash of reachedFrom.keys()) {
    for (const next of neighbours.get(hash) ?? []) {
      if (!reachedFrom.has(next)) reachedFrom.set(next, hash);
    }
  }
  return reachedFrom;
}

/** The shortest chain of "same" from one picture to another of its group. */
export function chainBetween(neighbours: Neighbours, from: string, to: string): string[] {
  const reachedFrom = walk(neighbours, from);
  const chain: string[] = [];
  for (let hash: string | null = to; hash !== null; hash = reachedFrom.get(hash) ?? null) {
    chain.unshift(hash);
  }
  return chain;
}
