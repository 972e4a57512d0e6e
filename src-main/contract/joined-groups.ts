import { groupVerdicts } from './verdict-groups.ts';
import type { PairVerdict } from './verdict-groups.ts';

/** A group with so many pictures is large: joining two of them by mistake makes many wrong pairs. */
export const largeGroup = 5;

/** Two large groups that a verdict "same" joins. */
export interface JoinedGroups {
  readonly pair: readonly [string, string];
  /** The pictures of both, by content hash: the one with the pair's first picture first. */
  readonly groups: readonly [readonly string[], readonly string[]];
}

/** What joins large groups when these verdicts are given one after the other, to those known before. */
export function largeJoins(
  before: readonly PairVerdict[],
  given: readonly PairVerdict[],
): JoinedGroups[] {
  const groupOf = new Map<string, string[]>();
  for (const group of groupVerdicts(before).groups) {
    const members = [...group];
    for (const hash of members) groupOf.set(hash, members);
  }
  const joins: JoinedGroups[] = [];
  for (const { hashA, hashB } of given.filter(({ verdict }) => verdict === 'same')) {
    const one = groupOf.get(hashA) ?? [hashA];
    const other = groupOf.get(hashB) ?? [hashB];
    if (one === other) continue;
    if (Math.min(one.length, other.length) >= largeGroup) {
      joins.push({ pair: [hashA, hashB], groups: [[...one], [...other]] });
    }
    // The smaller one into the larger: many verdicts take n log n steps and not n².
    const [small, large] = one.length < other.length ? [one, other] : [other, one];
    for (const hash of small) large.push(hash);
    for (const hash of [...small, hashA, hashB]) groupOf.set(hash, large);
  }
  return joins;
}
