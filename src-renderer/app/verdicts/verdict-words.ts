import type { VerdictKind } from '../../../src-main/contract/verdicts.ts';

/** The answers on screen: what is seen, what that makes of the pair, and the key. */
export const answers = [
  { kind: 'same', title: 'Same thing', text: 'a false negative', key: 'F' },
  { kind: 'different', title: 'Different', text: 'a true negative', key: 'T' },
  { kind: 'unsure', title: 'Unsure', text: 'says nothing', key: 'U' },
] as const satisfies readonly {
  readonly kind: VerdictKind;
  readonly title: string;
  readonly text: string;
  readonly key: string;
}[];

/** A verdict in a few words, for lists. */
export const verdictWords: Readonly<Record<VerdictKind, string>> = {
  same: 'same thing',
  different: 'different',
  unsure: 'unsure',
};

/** A verdict as the end of a sentence that names its pair. */
export function sentenceOf({ verdict }: { readonly verdict: VerdictKind }): string {
  if (verdict === 'unsure') return 'judged unsure';
  return verdict === 'same' ? 'judged the same thing' : 'judged different';
}
