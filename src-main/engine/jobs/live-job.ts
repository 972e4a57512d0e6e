import type { ErrorReport } from '../../contract/errors/errors.ts';
import type { JobState, JobStatus } from '../../contract/jobs.ts';
import type { Job } from '../store/jobs.ts';
import type { JobThread } from './job-thread.ts';
import { TimeLeft } from './time-left.ts';

/** A job that has not ended. */
export interface LiveJob {
  readonly row: Job;
  readonly timeLeft: TimeLeft;
  state: JobState;
  thread: JobThread | null;
  progress: number;
  message: string;
  detail: JobStatus['detail'];
  run: number | null;
  /** Why it is paused, where its thread could not go on: the library's disk is full. */
  obstacle: ErrorReport | null;
  /** Cancelled: in the library the job has ended, and its thread ends at the next step. */
  isCancelled: boolean;
  /** Waits in its thread, between two steps, while a shorter job runs; it is the next one then. */
  givesWay: boolean;
}

/** A job of the library's table as it is before its thread starts. */
export function liveJob(row: Job): LiveJob {
  const { state, progress, message } = row;
  const fresh = { thread: null, detail: {}, run: null, obstacle: null, timeLeft: new TimeLeft() };
  return { isCancelled: false, givesWay: false, row, state, progress, message, ...fresh };
}
