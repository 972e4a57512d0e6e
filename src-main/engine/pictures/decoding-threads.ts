import { availableParallelism } from 'node:os';

/** Threads for decoding pictures: all cores, but no more than a disk can feed. */
export function decodingThreads(): number {
  return Math.min(8, availableParallelism());
}
