import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import type { Verdict, VerdictKind } from '../../../src-main/contract/verdicts.ts';

/** What was said of a picture with any other; `same` wins over `different`, that over `unsure`. */
export const judgedKinds = ['none', 'same', 'different', 'unsure'] as const;
export type JudgedKind = (typeof judgedKinds)[number];

/** What each kind is called on screen. */
export const judgedWords: Readonly<Record<JudgedKind, string>> = {
  none: 'not judged',
  same: 'same thing',
  different: 'only different',
  unsure: 'only unsure',
};

const strength: Readonly<Record<VerdictKind, number>> = { unsure: 1, different: 2, same: 3 };

/** What was said of each picture that has a verdict, by content hash. */
export function strongestByHash(verdicts: readonly Verdict[]): Map<string, VerdictKind> {
  const kinds = new Map<string, VerdictKind>();
  for (const { pair, verdict } of verdicts) {
    for (const { hash } of pair) {
      const before = kinds.get(hash);
      if (before === undefined || strength[before] < strength[verdict]) kinds.set(hash, verdict);
    }
  }
  return kinds;
}

/** The verdicts that are on none of the pairs. */
export function exceptOn<V extends { readonly hashA: string; readonly hashB: string }>(
  verdicts: readonly V[],
  pairs: readonly (readonly [string, string])[],
): V[] {
  const keys = new Set(pairs.map((pair) => samePairKey(...pair)));
  return verdicts.filter(({ hashA, hashB }) => !keys.has(samePairKey(hashA, hashB)));
}
