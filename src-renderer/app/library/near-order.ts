import type { NearGroup } from './near-duplicates.svelte.ts';

export const nearOrders = ['similar', 'dissimilar', 'large', 'label'] as const;
export type NearOrder = (typeof nearOrders)[number];

/** What each order is called on screen. */
export const nearOrderWords: Readonly<Record<NearOrder, string>> = {
  similar: 'most similar first',
  dissimilar: 'least similar first',
  large: 'largest group first',
  label: 'by label',
};

/** The cosine similarity of the least similar pair that joins a group: what its card shows. */
export function leastSimilarity({ links }: NearGroup): number {
  return 1 - Math.max(...links.map(({ distance }) => distance));
}

/**
 * Groups of near-duplicates in an order; of two alike, the more similar group comes first. Labels come
 * from A to Z by the group's first picture, groups without one last.
 */
export function orderedGroups(
  groups: readonly NearGroup[],
  order: NearOrder,
  labelOf: (id: number) => string | null,
): readonly NearGroup[] {
  const keyed = groups.map((group) => ({
    group,
    similarity: leastSimilarity(group),
    label: labelOf(group.pictures[0] ?? -1),
  }));
  type Keyed = (typeof keyed)[number];
  const bySimilarity = (a: Keyed, b: Keyed): number => b.similarity - a.similarity;
  const compare: Readonly<Record<NearOrder, (a: Keyed, b: Keyed) => number>> = {
    similar: bySimilarity,
    dissimilar: (a, b) => bySimilarity(b, a),
    large: (a, b) => b.group.pictures.length - a.group.pictures.length || bySimilarity(a, b),
    label: (a, b) => compareLabels(a.label, b.label) || bySimilarity(a, b),
  };
  return keyed.sort(compare[order]).map(({ group }) => group);
}

function compareLabels(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b, 'en', { numeric: true });
}
