import { binByKnowledge, type PairKnowledge } from '../../../../src-main/contract/bins.ts';
import type { JudgedPairs } from '../../../../src-main/contract/judged-pairs.ts';
import { chainWords } from '../../../app/verdicts/pair-words.ts';
import type { Evidence } from './evidence.ts';

/** What the judgement of a pair is read from. */
export interface JudgedNegative {
  readonly pairs: JudgedPairs;
  readonly anchor: string;
  readonly negative: string;
  /** How a picture is called, by content hash. */
  readonly nameOf: (hash: string) => string;
}

/** What people said of the pair, itself or through others. */
export function judgementOf({ pairs, anchor, negative, nameOf }: JudgedNegative): Evidence {
  const own = pairs.own(anchor, negative)?.verdict ?? null;
  const inForce = pairs.inForce(anchor, negative);
  const kind = 'judgement';
  if (inForce === null) {
    const sentence = own === null ? 'not judged yet' : 'judged unsure';
    return { kind, sentence, isFalse: null };
  }
  const isFalse = inForce === 'same';
  if (own === inForce) {
    return { kind, sentence: isFalse ? 'judged the same' : 'judged different', isFalse };
  }
  const implied = pairs.implied(anchor, negative);
  const words = isFalse ? 'the same' : 'different';
  const chain = implied === null ? '' : `: ${chainWords(implied, nameOf)}`;
  return { kind, sentence: `${words} by other verdicts${chain}`, isFalse };
}

/** A contradiction in a sentence; `conflict` is its index among the verdicts' conflicts, if it is one. */
interface Contradiction {
  readonly sentence: string;
  readonly conflict: number | null;
}

/** What contradicts the verdict in force on a pair: other verdicts, the labels, the neighbours. */
export function contradictionsOf(
  judged: JudgedNegative,
  names: readonly [anchor: string | null, negative: string | null],
  knowledge: Pick<PairKnowledge, 'labels' | 'isSuspected'>,
): Contradiction[] {
  const { pairs, anchor, negative } = judged;
  const verdict = pairs.inForce(anchor, negative);
  const found = conflictsOf(judged);
  const seemsFalse = binByKnowledge({ verdict: null, ...knowledge }) !== null;
  if (verdict === null || seemsFalse === (verdict === 'same')) return found;
  // Being far from each other is no evidence against "same"; another label is.
  if (verdict === 'same' && knowledge.labels === 'unknown') return found;
  return [
    ...found,
    { sentence: againstEvidence(verdict, names, knowledge.labels), conflict: null },
  ];
}

function conflictsOf({ pairs, anchor, negative, nameOf }: JudgedNegative): Contradiction[] {
  return pairs.grouped.conflicts.flatMap((chain, conflict) => {
    if (!chain.includes(anchor) || !chain.includes(negative)) return [];
    const [first = '', last = ''] = [chain[0], chain.at(-1)];
    const same = chain.map(nameOf).join(' = ');
    const meanwhile = pairs.isBarring(chain)
      ? 'Until one is changed each pair goes by its own verdict, and no training takes verdicts.'
      : 'One of them is wrong; each pair goes by its own verdict.';
    const sentence = `Verdicts contradict each other: ${same}, but ${nameOf(first)} and ${nameOf(last)} were judged different. ${meanwhile}`;
    return { sentence, conflict };
  });
}

function againstEvidence(
  verdict: 'same' | 'different',
  [own, other]: readonly [string | null, string | null],
  relation: PairKnowledge['labels'],
): string {
  if (verdict === 'same') {
    return `The labels differ (${own ?? ''}, ${other ?? ''}), but the pair is judged the same: the verdict counts.`;
  }
  return relation === 'same'
    ? `Both have the label ${own ?? ''}, but the pair is judged different: the verdict counts.`
    : 'The pair is suspected to show one thing, but it is judged different: the verdict counts.';
}
