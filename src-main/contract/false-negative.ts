/** What is known about a pair of pictures that decides whether its negative is false. */
export interface PairKnowledge {
  /** The verdict in force: a person's, or decided by verdicts on other pairs. */
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

/** The relation of two labels, given as names or as numbers; `none` stands for no label. */
export function labelRelation<Label>(
  label: Label,
  other: Label,
  none: Label,
): PairKnowledge['labels'] {
  if (label === none || other === none) return 'unknown';
  return label === other ? 'same' : 'different';
}
