import type { QueuedPair } from '../../src-main/contract/verdict-queue.ts';

/** A pair of a queue, by the hashes of its pictures, with a similarity of 0.5. */
export function queuedPair(
  anchor: string,
  candidate: string,
  change: Partial<QueuedPair> = {},
): QueuedPair {
  return {
    anchor: { hash: anchor, path: `${anchor}.png` },
    candidate: { hash: candidate, path: `${candidate}.png` },
    ...{ similarity: 0.5, rank: 1, share: 0.1, evidence: 0, posterior: 0.2, agreement: null },
    ...{ reason: '', alike: 0 },
    ...change,
  };
}
