import { noLabel } from './label-sets.ts';
import type { LabelMembers } from './label-sets.ts';

/** What is known about a pair of pictures that decides whether its negative is false. */
export interface PairKnowledge {
  /** The verdict in force: a person's, or decided by verdicts on other pairs. */
  readonly verdict: 'same' | 'different' | null;
  /** `unknown` where a label is missing. */
  readonly labels: 'same' | 'different' | 'unknown';
  /** Whether the rule of suspicion holds (docs/formulas.md, Suspicion). */
  readonly isSuspected: boolean;
}

/**
 * Whether a negative is a false one. A verdict settles it; without one, equal labels; where a label
 * is missing, the rule of suspicion.
 */
export function isFalseNegative({ verdict, labels, isSuspected }: PairKnowledge): boolean {
  if (verdict !== null) return verdict === 'same';
  if (labels !== 'unknown') return labels === 'same';
  return isSuspected;
}

/**
 * The relation of two labels, given by their numbers: the same where they are equal or, of pictures
 * with several labels, share one.
 */
export function labelRelation(
  label: number,
  other: number,
  members: LabelMembers,
): PairKnowledge['labels'] {
  if (label === noLabel || other === noLabel) return 'unknown';
  if (label === other) return 'same';
  const [own, others] = [members[label] ?? [], members[other] ?? []];
  // Of two single labels, none can be in the other; most pairs are of such.
  if (own.length < 2 && others.length < 2) return 'different';
  return own.some((one) => others.includes(one)) ? 'same' : 'different';
}
