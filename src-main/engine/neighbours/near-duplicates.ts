import type { NearDuplicates } from '../../contract/near-duplicates.ts';
import type { Neighbours } from './exact-neighbours.ts';

interface NearPair {
  readonly first: number;
  readonly second: number;
  readonly distance: number;
}

/** Near-duplicates by row; the groups of `NearDuplicates` with rows for sample ids. */
export type NearRows = Pick<NearDuplicates, 'median' | 'cut' | 'groups'> & {
  readonly pairs: readonly NearPair[];
};

/**
 * Pairs of rows whose cosine distance is at most `threshold` times the median distance to the nearest
 * neighbour (cleanlab's rule), sought among each row's kept neighbours; and the groups they make.
 */
export function nearDuplicateRows(neighbours: Neighbours, threshold: number): NearRows {
  const median = medianNearest(neighbours);
  const cut = threshold * median;
  const pairs = pairsWithin(neighbours, cut);
  return { median, cut, pairs, groups: groupsOf(pairs) };
}

/** Median over the rows of the cosine distance to the nearest other row. */
function medianNearest({ similarities, k }: Neighbours): number {
  const count = similarities.length / k;
  const nearest = Float64Array.from({ length: count }, (_, row) =>
    distanceOf(similarities[row * k] ?? 1),
  ).sort();
  const middle = count >> 1;
  const upper = nearest[middle] ?? 0;
  return count % 2 === 1 ? upper : ((nearest[middle - 1] ?? 0) + upper) / 2;
}

/** Rounding takes the similarity of like rows a hair beyond 1. */
function distanceOf(similarity: number): number {
  return Math.max(0, 1 - similarity);
}

/** Each pair within the cut once, nearest first, ties by row. */
function pairsWithin({ rows, similarities, k }: Neighbours, cut: number): NearPair[] {
  const count = rows.length / k;
  const seen = new Set<number>();
  const pairs: NearPair[] = [];
  for (let place = 0; place < rows.length; place++) {
    const distance = distanceOf(similarities[place] ?? 0);
    if (distance > cut) continue;
    const row = Math.floor(place / k);
    const other = rows[place] ?? row;
    const [first, second] = row < other ? [row, other] : [other, row];
    const key = first * count + second;
    if (seen.has(key)) continue;
    seen.add(key);
    pairs.push({ first, second, distance });
  }
  return pairs.sort((a, b) => a.distance - b.distance || a.first - b.first || a.second - b.second);
}

/** Connected pictures with the pairs of their shortest spanning tree (Kruskal 1956), nearest first. */
function groupsOf(pairs: readonly NearPair[]): NearDuplicates['groups'] {
  const parents = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== row) parents.set(row, root);
    return root;
  };
  const joins = pairs.flatMap(({ first, second }, place) => {
    const [root, other] = [rootOf(first), rootOf(second)];
    if (root === other) return [];
    parents.set(other, root);
    return place;
  });
  const byRoot = Map.groupBy(joins, (place) => rootOf(pairs[place]?.first ?? -1));
  return [...byRoot.values()].map((links) => {
    const members = new Set(
      links.flatMap((place) => [pairs[place]?.first ?? -1, pairs[place]?.second ?? -1]),
    );
    return { pictures: Uint32Array.from(members).sort(), links: Uint32Array.from(links) };
  });
}
