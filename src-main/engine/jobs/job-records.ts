import type { RunState } from '../../contract/runs.ts';
import { updateJob } from '../store/jobs.ts';
import type { Job, JobChanges } from '../store/jobs.ts';
import type { Library } from '../store/library-file.ts';
import { setUnfinishedRun } from '../store/run-states.ts';

/** Runs what no caller waits for, and tells clients of its failure. */
export type Guard = <T>(work: () => T) => T | undefined;

interface Unsaved {
  readonly changes: JobChanges;
  /** The state of the run that the job began; null where that stays. */
  readonly runState: RunState | null;
}

/**
 * The states of jobs in the library. What a full or broken disk refuses is kept here, told once by
 * `guard`, and written with the next change that the disk takes; until then it is told from here.
 */
export class JobRecords {
  readonly #library: Library;
  readonly #guard: Guard;
  readonly #unsaved = new Map<number, Unsaved>();

  constructor(library: Library, guard: Guard) {
    this.#library = library;
    this.#guard = guard;
  }

  /** Changes the columns of a job, and the state of its run where that has not ended. */
  save(job: number, changes: JobChanges, runState: RunState | null): void {
    const before = this.#unsaved.get(job);
    this.#unsaved.set(job, {
      changes: { ...before?.changes, ...changes },
      runState: runState ?? before?.runState ?? null,
    });
    this.flush();
  }

  /** Writes what is not in the library yet. */
  flush(): void {
    if (this.#unsaved.size === 0) return;
    this.#guard(() => {
      this.#library.write(() => {
        for (const [job, { changes, runState }] of this.#unsaved) {
          updateJob(this.#library, job, changes);
          if (runState !== null) setUnfinishedRun(this.#library, job, runState);
        }
      });
      this.#unsaved.clear();
    });
  }

  /** A job as it is, also where the library could not be told. */
  upToDate(row: Job): Job {
    return { ...row, ...this.#unsaved.get(row.id)?.changes };
  }
}
