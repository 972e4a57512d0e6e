import type { RingRanks } from '../../contract/ring-ranks.ts';

/** 0 more similar than the ring, 1 in the ring, 2 less similar. */
export const ringZones = { inside: 0, ring: 1, outside: 2 } as const;

/** The zone of each candidate by its rank: in the ring iff inner <= r < outer (docs/formulas.md, Zones). */
export function zonesByRank(rank: Uint32Array, { inner, outer }: RingRanks): Uint8Array {
  const zones = new Uint8Array(rank.length);
  for (let candidate = 0; candidate < rank.length; candidate++) {
    const place = rank[candidate] as number;
    if (place < inner) zones[candidate] = ringZones.inside;
    else zones[candidate] = place < outer ? ringZones.ring : ringZones.outside;
  }
  return zones;
}
