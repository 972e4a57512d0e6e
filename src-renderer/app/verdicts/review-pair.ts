import { samePairKey } from '../../../src-main/contract/judged-pairs.ts';
import type { QueuedPair } from '../../../src-main/contract/verdict-queue.ts';

/**
 * A pair on the Review page; its numbers are there once they were read from a run that has embedded
 * both.
 */
export type ReviewPair = Pick<QueuedPair, 'anchor' | 'candidate' | 'reason'> & Partial<QueuedPair>;

/** A pair that another page wants judged, by content hash, and why, in a sentence. */
export interface PairToJudge {
  readonly anchor: string;
  readonly candidate: string;
  readonly reason?: string;
}

export function keyOfPair({ anchor, candidate }: Pick<ReviewPair, 'anchor' | 'candidate'>): string {
  return samePairKey(anchor.hash, candidate.hash);
}

/**
 * The pairs, those among `asked` with the numbers that were found; a pair's own reason comes first.
 */
export function withNumbers(
  pairs: readonly ReviewPair[],
  asked: readonly ReviewPair[],
  found: readonly QueuedPair[],
): ReviewPair[] {
  const isAsked = new Set(asked.map(keyOfPair));
  const byKey = new Map(found.map((pair) => [keyOfPair(pair), pair]));
  return pairs.map((pair) => {
    const numbers = byKey.get(keyOfPair(pair));
    if (numbers === undefined || !isAsked.has(keyOfPair(pair))) return pair;
    const reason = [pair.reason, numbers.reason].filter(Boolean).join(' ');
    return { ...numbers, ...pair, reason };
  });
}
