import { EngineError } from '../errors/errors.ts';

/** The ranks in the ring: from `inner` (included) to `outer` (excluded); 0 is the most similar. */
export interface RingRanks {
  readonly inner: number;
  readonly outer: number;
}

/**
 * The ranks of the ring among `count` negatives, ranked by similarity. As in the official code, they
 * are int(outer · count) and int(inner · outer) or int(inner · count), with the products truncated (Wu
 * et al. 2020; contrastive-ring-public, MoCoRing). The ring may be empty: see `checkRing`.
 */
export function ringRanks(
  count: number,
  outer: number,
  inner: number,
  dynamicInner: boolean,
): RingRanks {
  const outerRank = Math.trunc(outer * count);
  return {
    inner: Math.trunc(inner * (dynamicInner ? outerRank : count)),
    outer: outerRank,
  };
}

/** The least fraction that `ringRanks` truncates to this rank among `count`, 0 to 1. */
export function fractionOfRank(rank: number, count: number): number {
  if (rank <= 0 || count <= 0) return 0;
  const fraction = Math.min(1, rank / count);
  // A quotient may be rounded down, and its product with the count then be under the rank.
  return Math.trunc(fraction * count) < rank ? Math.min(1, fraction * (1 + 2 ** -51)) : fraction;
}

/** The ring of the paper (Wu et al. 2020): of 1,000 negatives, those of ranks 10 to 99. */
export const paperRing = { ringOuter: 0.1, ringInner: 0.1, ringDynamicInner: true } as const;

/** The ranks of the paper's ring among `count` negatives. */
export function paperRingRanks(count: number): RingRanks {
  const { ringOuter, ringInner, ringDynamicInner } = paperRing;
  return ringRanks(count, ringOuter, ringInner, ringDynamicInner);
}

/**
 * Refuses a ring without a negative among `count` negatives, and says what would help; `growth` is what
 * increases the number of negatives.
 * @throws EngineError bad-argument
 */
export function checkRing(ranks: RingRanks, count: number, growth = 'a larger batch'): void {
  if (ranks.outer - ranks.inner >= 1) return;
  throw new EngineError(
    'bad-argument',
    `The ring has no negative in it: of ${count} negatives the outer cut keeps the ${ranks.outer} most similar and the inner cut leaves out ${ranks.inner}; a larger ringOuter, a smaller ringInner or ${growth} would help.`,
  );
}

/**
 * The ring's cuts as percentiles of similarity, 0 to 100: the lower one w_l and the upper one w_u.
 * Those of the paper's ring are 90 and 99.
 */
export function ringPercentiles(
  outer: number,
  inner: number,
  dynamicInner: boolean,
): { readonly lower: number; readonly upper: number } {
  return {
    lower: 100 * (1 - outer),
    upper: 100 * (1 - inner * (dynamicInner ? outer : 1)),
  };
}
