/** What is known of a pair of pictures that says whether its negative is a false one. */
export interface PairKnowledge {
  /** The settled verdict: given by a person, or decided by verdicts on other pairs. */
  readonly verdict: 'same' | 'different' | null;
  /** `unknown` where a label is missing. */
  readonly labels: 'same' | 'different' | 'unknown';
  /** Whether each picture is among the other's nearest neighbours. */
  readonly isMutual: boolean;
}

/**
 * Whether a negative is a false one. A verdict settles it; without one, equal labels; where a label
 * is missing, being each other's nearest neighbours.
 */
export function isFalseNegative({ verdict, labels, isMutual }: PairKnowledge): boolean {
  if (verdict !== null) return verdict === 'same';
  if (labels !== 'unknown') return labels === 'same';
  return isMutual;
}
