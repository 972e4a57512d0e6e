import { largeGroup, type JoinedGroups } from '../../../src-main/contract/joined-groups.ts';
import type { ImpliedVerdict } from '../../../src-main/contract/judged-pairs.ts';
import type { JudgedPicture } from '../../../src-main/contract/verdicts.ts';

/** The two pictures of a pair by their paths. */
export function namesOf(pair: readonly JudgedPicture[]): string {
  return pair.map(({ hash, path }) => `“${path ?? hash.slice(0, 12)}”`).join(' and ');
}

/** "a = b ≠ c" with the pictures' names. */
export function chainWords(
  { chain, apart }: ImpliedVerdict,
  nameOf: (hash: string) => string,
): string {
  return chain
    .map((hash, index) => {
      if (index === 0) return nameOf(hash);
      return `${index - 1 === apart ? '≠' : '='} ${nameOf(hash)}`;
    })
    .join(' ');
}

/** How many pictures two groups have that "same" would join; null where they are one already. */
export function joinedGroups(
  groups: readonly (readonly string[])[],
  first: string,
  second: string,
): readonly [number, number] | null {
  const groupOf = (hash: string): readonly string[] =>
    groups.find((members) => members.includes(hash)) ?? [hash];
  const [one, other] = [groupOf(first), groupOf(second)];
  return one === other ? null : [one.length, other.length];
}

/** What "same" on a pair would do to groups, in a sentence; empty where it only makes a pair. */
export function joiningWords(sizes: readonly [number, number] | null): string {
  if (sizes === null || Math.max(...sizes) === 1) return '';
  const [one, other] = sizes;
  return Math.min(one, other) >= largeGroup
    ? `“Same” joins two groups of ${one} and ${other} pictures: be sure of it.`
    : `“Same” makes one group of ${one + other}.`;
}

/** What verdicts that were given did to groups, in a sentence; empty where they joined no large ones. */
export function joinedWords([first, ...others]: readonly JoinedGroups[]): string {
  if (first === undefined) return '';
  const [one, other] = first.groups.map(({ length }) => length);
  const sizes = `${one ?? 0} and ${other ?? 0} pictures`;
  return others.length === 0
    ? `It joins two groups of ${sizes}.`
    : `${others.length + 1} of them join large groups, first those of ${sizes}.`;
}
