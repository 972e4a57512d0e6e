import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';

/**
 * The number of each zone: `inside` is more similar than the ring, `outside` less similar; `positive` is no
 * negative, so that no ring has it.
 */
export const ringZones = { inside: 0, ring: 1, outside: 2, positive: 3 } as const;

/**
 * The zone of each candidate by its rank, [M]: in the ring where inner <= rank < outer
 * (docs/formulas.md, Zones).
 */
export function zonesByRank(ranks: Uint32Array, { inner, outer }: RingRanks): Uint8Array {
  const zones = new Uint8Array(ranks.length);
  for (let candidate = 0; candidate < zones.length; candidate++) {
    const rank = ranks[candidate] as number;
    if (rank < inner) zones[candidate] = ringZones.inside;
    else zones[candidate] = rank < outer ? ringZones.ring : ringZones.outside;
  }
  return zones;
}
