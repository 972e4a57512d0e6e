import type { RingRanks } from '../../../contract/objectives/ring-ranks.ts';
import { ringZones } from '../../losses/ring-zone.ts';

/**
 * The zone of each of an anchor's negatives by its push. If the objective has a ring of its own
 * (`ranks` null), a negative with a push above 0 is in the ring, one below 0 inside it (cave). Else
 * the zone follows from the rank: with every weighting here, of two negatives with a push the more
 * similar one has the larger push, so pushes are ordered as ranks are (docs/formulas.md, Zones).
 */
export function pushZones(pushes: Float32Array, ranks: RingRanks | null): (push: number) => number {
  const { inside, ring, outside } = ringZones;
  if (ranks === null) {
    return (push) => (push > 0 ? ring : push < 0 ? inside : outside);
  }
  const ascending = pushes.toSorted();
  const pushOfRank = (rank: number): number => ascending[ascending.length - 1 - rank] ?? 0;
  const innerFrom = ranks.inner === 0 ? Infinity : pushOfRank(ranks.inner - 1);
  const ringFrom = ranks.outer === 0 ? Infinity : pushOfRank(ranks.outer - 1);
  return (push) => {
    if (push <= 0) return outside;
    if (push >= innerFrom) return inside;
    return push >= ringFrom ? ring : outside;
  };
}
