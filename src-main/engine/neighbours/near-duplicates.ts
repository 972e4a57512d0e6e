import type { NearDuplicates } from '../../contract/near-duplicates.ts';
import type { Neighbours } from './exact-neighbours.ts';

interface NearPair {
  readonly first: number;
  readonly second: number;
  readonly distance: number;
}

/** Near-duplicates by row: the groups of `NearDuplicates` with rows instead of sample ids. */
type NearRows = Pick<NearDuplicates, 'median' | 'cut' | 'groups'> & {
  readonly pairs: readonly NearPair[];
};

/**
 * Finds pairs of rows whose cosine distance is at most `threshold` times the median distance to the
 * nearest neighbour (cleanlab's rule), among the given neighbours of each row; and the groups that they
 * form.
 */
export function nearDuplicateRows(neighbours: Neighbours, threshold: number): NearRows {
  const median = medianNearest(neighbours);
  const cut = threshold * median;
  const pairs = pairsWithin(neighbours, cut);
  return { median, cut, pairs, groups: groupsOf(pairs) };
}

/** Median over all rows of the cosine distance to the nearest other row. */
function medianNearest({ similarities, k }: Neighbours): number {
  const count = similarities.length / k;
  const nearest = Float64Array.from({ length: count }, (_, row) =>
    distanceOf(similarities[row * k] ?? 1),
  ).sort();
  const middle = count >> 1;
  const upper = nearest[middle] ?? 0;
  return count % 2 === 1 ? upper : ((nearest[middle - 1] ?? 0) + upper) / 2;
}

/** The cosine distance; rounding may take the similarity of equal rows slightly above 1. */
function distanceOf(similarity: number): number {
  return Math.max(0, 1 - similarity);
}

/** Each pair within the threshold once, the nearest first, ties by row. */
function pairsWithin({ rows, similarities, k }: Neighbours, cut: number): NearPair[] {
  const count = rows.length / k;
  const seen = new Set<number>();
  const pairs: NearPair[] = [];
  for (let index = 0; index < rows.length; index++) {
    const distance = distanceOf(similarities[index] ?? 0);
    if (distance > cut) continue;
    const row = Math.floor(index / k);
    const other = rows[index] ?? row;
    const [first, second] = row < other ? [row, other] : [other, row];
    const key = first * count + second;
    if (seen.has(key)) continue;
    seen.add(key);
    pairs.push({ first, second, distance });
  }
  return pairs.sort((a, b) => a.distance - b.distance || a.first - b.first || a.second - b.second);
}

/**
 * Groups of connected pictures, with the pairs of their shortest spanning tree (Kruskal 1956), the
 * nearest first.
 */
function groupsOf(pairs: readonly NearPair[]): NearDuplicates['groups'] {
  const parents = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== row) parents.set(row, root);
    return root;
  };
  const joins = pairs.flatMap(({ first, second }, index) => {
    const [root, other] = [rootOf(first), rootOf(second)];
    if (root === other) return [];
    parents.set(other, root);
    return index;
  });
  const byRoot = Map.groupBy(joins, (index) => rootOf(pairs[index]?.first ?? -1));
  return [...byRoot.values()].map((links) => {
    const members = new Set(
      links.flatMap((index) => [pairs[index]?.first ?? -1, pairs[index]?.second ?? -1]),
    );
    return { pictures: Uint32Array.from(members).sort(), links: Uint32Array.from(links) };
  });
}
