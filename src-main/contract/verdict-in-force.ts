import type { VerdictKind } from './verdicts.ts';

/** What was said of a pair and of the firm groups of its two pictures. */
interface SaidOfPair {
  /** The verdict on the pair itself. */
  readonly own: VerdictKind | null;
  /**
   * Whether both pictures are in one group within which verdicts pass on. Where they do not pass on,
   * each picture is alone.
   */
  readonly isOneGroup: boolean;
  /** How many verdicts "different" there are between the group of the one and that of the other. */
  readonly differentBetween: number;
}

/** So many chains of verdicts without a common one decide a pair: a single wrong verdict does not. */
export const chainsNeeded = 2;

/**
 * The verdict that counts for a pair, everywhere: its own; without one, or with "unsure", what at least
 * two independent chains of others say, "same" before "different".
 */
export function verdictInForce({
  own,
  isOneGroup,
  differentBetween,
}: SaidOfPair): 'same' | 'different' | null {
  if (own === 'same' || own === 'different') return own;
  if (isOneGroup) return 'same';
  return differentBetween >= chainsNeeded ? 'different' : null;
}
