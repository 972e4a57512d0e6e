/** More partners of a picture are not ranked: a group of thousands would have millions of pairs. */
const mostRanked = 64;

/** A picture by its sample id, with those that it was judged with. */
export interface Partnered {
  readonly id: number;
  readonly partners: readonly number[];
  /** All pictures of its group, where some of a large one are no ranked partners; else empty. */
  readonly group: readonly number[];
}

/**
 * The pictures of verdicts with their partners, ascending: those of its pairs, [2 · pairs] sample ids, and
 * of its group; `groups` has the number of each of `sampleIds`, -1 for none.
 */
export function partnersOf(
  pairs: Uint32Array,
  groups: Int32Array = new Int32Array(0),
  sampleIds: Uint32Array = new Uint32Array(0),
): Partnered[] {
  const partners = new Map<number, Set<number>>();
  const add = (id: number, partner: number): void => {
    const known = partners.get(id) ?? new Set();
    partners.set(id, known.add(partner));
  };
  for (let at = 0; at < pairs.length; at += 2) {
    const [one = 0, other = 0] = pairs.subarray(at, at + 2);
    add(one, other);
    add(other, one);
  }
  const members = Map.groupBy(
    [...sampleIds.keys()].filter((index) => (groups[index] ?? -1) >= 0),
    (index) => groups[index],
  );
  const groupOf = new Map<number, readonly number[]>();
  for (const group of members.values()) {
    const ids = group.map((index) => sampleIds[index] ?? 0);
    for (const [place, id] of ids.entries()) {
      groupOf.set(id, ids);
      // The next ones in the circle of the group: each member is ranked as often as the others.
      for (let step = 1; step <= Math.min(ids.length - 1, mostRanked); step++) {
        add(id, ids[(place + step) % ids.length] ?? 0);
      }
    }
  }
  return [...partners]
    .sort(([a], [b]) => a - b)
    .map(([id, known]) => ({
      id,
      partners: [...known].sort((a, b) => a - b),
      group: groupOf.get(id) ?? [],
    }));
}
