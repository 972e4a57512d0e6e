import type { NearDuplicates } from '../../../src-main/contract/near-duplicates.ts';
import type { NearGroup } from './near-duplicates.svelte.ts';

/**
 * The groups that near-duplicates form among some of the pictures only, each with the fewest and
 * nearest pairs that join it (Kruskal 1956), in the order of their nearest pair. Two pictures that only
 * a picture left out would join are in no group.
 */
export function groupsAmong(
  { first, second, distance }: Pick<NearDuplicates, 'first' | 'second' | 'distance'>,
  isKept: (id: number) => boolean,
): NearGroup[] {
  const parents = new Map<number, number>();
  const rootOf = (id: number): number => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== id) parents.set(id, root);
    return root;
  };
  const links: NearGroup['links'][number][] = [];
  for (let index = 0; index < first.length; index++) {
    const pair = [first[index] ?? -1, second[index] ?? -1] as const;
    if (!pair.every(isKept)) continue;
    const [root, other] = [rootOf(pair[0]), rootOf(pair[1])];
    if (root === other) continue;
    parents.set(other, root);
    links.push({ pair, distance: distance[index] ?? 0 });
  }
  const byRoot = Map.groupBy(links, ({ pair }) => rootOf(pair[0]));
  return [...byRoot.values()].map((own) => ({
    pictures: [...new Set(own.flatMap(({ pair }) => pair))].sort((a, b) => a - b),
    links: own,
  }));
}
