import type { JobStatus } from '../contract/jobs.ts';

/** How long each job has run, without the time that it waited or was paused. */
export class JobClock {
  readonly #now: () => number;
  readonly #ran = new Map<number, { total: number; since: number | null }>();

  /** `now` is in milliseconds of any beginning. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes a job's state; returns for how many milliseconds it was seen to run. */
  note({ job, state }: Pick<JobStatus, 'job' | 'state'>): number {
    const before = this.#ran.get(job) ?? { total: 0, since: null };
    const now = this.#now();
    const total = before.total + (before.since === null ? 0 : now - before.since);
    this.#ran.set(job, { total, since: state === 'running' ? now : null });
    return total;
  }

  /** Begins anew, as for the jobs of another library. */
  clear(): void {
    this.#ran.clear();
  }
}
