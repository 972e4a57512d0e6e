import { samePairKey } from '../../src-main/contract/judged-pairs.ts';
import type { QueuedPair } from '../../src-main/contract/verdict-queue.ts';

/** A pair on the review place; its numbers are there once a run that has embedded both told them. */
export type ReviewPair = Pick<QueuedPair, 'anchor' | 'candidate' | 'reason'> & Partial<QueuedPair>;

/** A pair that another place wants judged, by content hash, and why, in a sentence. */
export interface PairToJudge {
  readonly anchor: string;
  readonly candidate: string;
  readonly reason?: string;
}

export function keyOfPair({ anchor, candidate }: Pick<ReviewPair, 'anchor' | 'candidate'>): string {
  return samePairKey(anchor.hash, candidate.hash);
}

/** The pair with the numbers that were found for it; its own reason stays in front. */
export function described(pair: ReviewPair, found: QueuedPair | undefined): ReviewPair {
  if (!found) return pair;
  const reason = [pair.reason, found.reason].filter(Boolean).join(' ');
  return { ...found, ...pair, reason };
}
