import type { RingRanks } from '../../../contract/ring-ranks.ts';
import { ringZones } from '../../losses/ring-zone.ts';

/**
 * The zone of each of an anchor's negatives by its push. Where the objective has a ring of its own
 * (`ranks` null) what it pushes lies in the ring and what it pulls inside it (cave). Elsewhere zones
 * go by rank: among negatives that are pushed at all, a larger push is a larger similarity under
 * every weighting here, so the order of the pushes is that of the ranks (docs/formulas.md, Zones).
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
