import type { ProximityGraph } from './proximity-graph.ts';

/**
 * The group of each picture by nearness: in the random order `drawn`, each picture without a group
 * begins one with its `groupSize` - 1 nearest neighbours that have none and need not be apart from
 * those in it.
 */
export function neighbourGroups(
  drawn: Uint32Array,
  { neighbours, degree }: ProximityGraph,
  groupSize: number,
  apartFrom: (picture: number) => Iterable<number>,
): (picture: number) => number {
  const free = new Set(drawn);
  const groupOf = new Map<number, number>();
  for (const first of drawn) {
    if (!free.has(first)) continue;
    const apart = new Set<number>();
    let size = 0;
    const take = (picture: number): void => {
      free.delete(picture);
      groupOf.set(picture, first);
      for (const other of apartFrom(picture)) apart.add(other);
      size += 1;
    };
    take(first);
    for (let rank = 0; rank < degree && size < groupSize; rank += 1) {
      const near = neighbours[first * degree + rank] as number;
      if (free.has(near) && !apart.has(near)) take(near);
    }
  }
  return (picture) => groupOf.get(picture) ?? -1;
}
