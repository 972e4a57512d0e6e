import { availableParallelism } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

// Every thread that is started later has this data too, and so have the threads that it starts.
const mostThreadsKey = 'negatoscope.mostThreads';

/** Limits how many threads of the processor this thread and those that it starts compute on; null does not. */
export function limitThreads(most: number | null): void {
  setEnvironmentData(mostThreadsKey, most ?? undefined);
}

/** How many threads may compute at the same time: one per core, or what `limitThreads` was given. */
export function usableThreads(): number {
  return Math.min(availableParallelism(), mostThreads() ?? Infinity);
}

/**
 * The setting of an ONNX Runtime session for the threads of one operation, at most `most`; empty leaves
 * the number to ONNX Runtime.
 */
export function sessionThreads(most: number | null = null): { intraOpNumThreads?: number } {
  const limit = mostThreads();
  if (most === null && limit === null) return {};
  return { intraOpNumThreads: Math.min(most ?? Infinity, limit ?? Infinity) };
}

function mostThreads(): number | null {
  const limit = getEnvironmentData(mostThreadsKey);
  return typeof limit === 'number' ? limit : null;
}
