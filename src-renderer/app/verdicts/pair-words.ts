import type { ImpliedVerdict } from '../../../src-main/contract/judged-pairs.ts';

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

/** How many pictures one group would have, were the two judged the same. */
export function joinedGroups(
  groups: readonly (readonly string[])[],
  first: string,
  second: string,
): number {
  const sizeOf = (hash: string): number =>
    groups.find((members) => members.includes(hash))?.length ?? 1;
  return sizeOf(first) + sizeOf(second);
}
