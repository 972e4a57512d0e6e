import type { VerdictKind } from './verdicts.ts';

/** What was said of a pair and of the pictures that are the same as its two. */
export interface SaidOfPair {
  /** The verdict on the pair itself. */
  readonly own: VerdictKind | null;
  /** Whether a chain of "same" leads from one picture to the other. */
  readonly isOneGroup: boolean;
  /** Whether a picture that is the same as one was judged different from one that is the same as the other. */
  readonly areGroupsApart: boolean;
}

/**
 * The verdict that counts for a pair, everywhere: its own; without one, or with "unsure", what follows
 * from others, "same" before "different".
 */
export function verdictInForce({
  own,
  isOneGroup,
  areGroupsApart,
}: SaidOfPair): 'same' | 'different' | null {
  if (own === 'same' || own === 'different') return own;
  if (isOneGroup) return 'same';
  return areGroupsApart ? 'different' : null;
}
