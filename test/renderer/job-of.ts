import type { JobStatus } from '../../src-main/contract/jobs.ts';

/** A job as the engine tells it: a training that runs, unless said otherwise. */
export function jobOf(job: number, change: Partial<JobStatus> = {}): JobStatus {
  return {
    ...{ job, kind: 'train', title: `job ${job}`, input: {}, state: 'running', progress: 0.5 },
    ...{ message: '', secondsLeft: null, detail: {}, run: null, result: null, error: null },
    ...change,
  };
}
