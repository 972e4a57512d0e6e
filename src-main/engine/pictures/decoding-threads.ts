import { usableThreads } from '../threads/compute-limits.ts';

/**
 * The number of threads for decoding pictures: one per core, but not more than a disk can supply with
 * files.
 */
export function decodingThreads(): number {
  return Math.min(8, usableThreads());
}
