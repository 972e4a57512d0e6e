import { createHash } from 'node:crypto';
import { samePairKey } from '../../contract/judged-pairs.ts';
import { groupVerdicts } from '../../contract/verdict-groups.ts';
import type { PairVerdict } from '../../contract/verdict-groups.ts';
import { heldOutCount } from '../../contract/held-out.ts';

/** How many of the verdicts a training holds out, and by what they are drawn. */
export interface HoldOut {
  /** The share of the groups, 0 to 0.5. */
  readonly share: number;
  readonly seed: number;
}

/** Which verdicts a training holds out. */
export interface HeldOut {
  /** Whether a picture is in a held-out group. */
  readonly holds: (hash: string) => boolean;
  /** Whether a verdict, "same" or "different", is held out. */
  readonly holdsVerdict: (verdict: PairVerdict) => boolean;
}

/**
 * Draws the verdicts that a training does not learn from. A group of pictures that "same" connects is
 * held out as a whole, so that nothing of it is fed through a third picture. A "different" goes with its
 * groups: it is held out where one of its pictures is in a held-out group; of the others so many are
 * added that they are the same share, those between the same two groups together. The draw is by a
 * hash of the seed and the pictures, so that another verdict changes little of it. Groups with fewer
 * than two pictures in `isTrained` do not count.
 */
export function drawHeldOut(
  verdicts: readonly PairVerdict[],
  { share, seed }: HoldOut,
  isTrained: (hash: string) => boolean,
): HeldOut {
  const { groups } = groupVerdicts(verdicts);
  const countable = groups.filter((group) => group.filter(isTrained).length > 1);
  const wanted = heldOutCount(countable.length, share);
  const drawn = inDrawnOrder(countable, seed, (group) => group[0] ?? '').slice(0, wanted);
  const held = new Set(drawn.flat());
  const isHeld = ({ hashA, hashB }: PairVerdict): boolean => held.has(hashA) || held.has(hashB);
  const nameOf = new Map(groups.flatMap((group) => group.map((hash) => [hash, group[0] ?? hash])));
  const unitOf = ({ hashA, hashB }: PairVerdict): string =>
    samePairKey(nameOf.get(hashA) ?? hashA, nameOf.get(hashB) ?? hashB);
  const different = verdicts.filter(
    ({ verdict, hashA, hashB }) => verdict === 'different' && isTrained(hashA) && isTrained(hashB),
  );
  const others = [
    ...Map.groupBy(
      different.filter((one) => !isHeld(one)),
      unitOf,
    ),
  ];
  let missing = heldOutCount(different.length, share) - different.filter(isHeld).length;
  const units = new Set<string>();
  for (const [unit, pairs] of inDrawnOrder(others, seed, ([name]) => name)) {
    if (missing < pairs.length) continue;
    units.add(unit);
    missing -= pairs.length;
  }
  return {
    holds: (hash) => held.has(hash),
    holdsVerdict: (one) => isHeld(one) || (one.verdict === 'different' && units.has(unitOf(one))),
  };
}

function inDrawnOrder<T>(items: readonly T[], seed: number, nameOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: drawKey(seed, nameOf(item)) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

function drawKey(seed: number, name: string): string {
  return createHash('sha256').update(`negatoscope held out ${seed} ${name}`).digest('hex');
}
