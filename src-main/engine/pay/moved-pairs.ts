import type { MovedPair } from '../../contract/pay.ts';
import { pairKey } from './measure-set.ts';
import type { RankedPair } from './measure-set.ts';

const mostListed = 12;

/** A pair judged the same as sample ids, and whether it was held out. */
interface JudgedRank extends RankedPair {
  readonly isHeldOut: boolean;
}

/**
 * The pairs whose ranks fell and rose by the largest factors, each once, as seen from the picture from
 * which it moved more; `pictureOf` describes a picture by its sample id.
 */
export function movedPairs(
  ranks: readonly JudgedRank[],
  pictureOf: (id: number) => MovedPair['pair'][0],
): { readonly gained: MovedPair[]; readonly lost: MovedPair[] } {
  const factor = ({ before, after }: JudgedRank): number => Math.log(after / before);
  const most = new Map<string, JudgedRank>();
  for (const one of ranks) {
    const key = pairKey(one.id, one.partner);
    const known = most.get(key);
    if (!known || Math.abs(factor(one)) > Math.abs(factor(known))) most.set(key, one);
  }
  const ascending = [...most.values()].sort((a, b) => factor(a) - factor(b) || a.id - b.id);
  const described = (some: readonly JudgedRank[]): MovedPair[] =>
    some.slice(0, mostListed).map(({ id, partner, before, after, isHeldOut }) => ({
      pair: [pictureOf(id), pictureOf(partner)],
      ...{ before, after, isHeldOut },
    }));
  return {
    gained: described(ascending.filter((one) => factor(one) < 0)),
    lost: described(ascending.toReversed().filter((one) => factor(one) > 0)),
  };
}
