import type { EngineClient } from '../contract/client.ts';
import type { JobStatus } from '../contract/jobs.ts';
import type { EngineLink } from './engine-link.ts';
import { JobClock } from './job-clock.ts';
import { isLive } from './job-signs.ts';
import { KeptClient } from './kept-client.ts';

interface FollowedJobsOptions {
  readonly now: () => number;
  readonly onChange: () => void;
  /** A job ended that was seen to run for `ranMs`. */
  readonly onEnded: (job: JobStatus, ranMs: number) => void;
  /** The way to the engine was lost; the jobs are kept as they were. */
  readonly onLost: () => void;
  readonly onError: (error: unknown) => void;
}

/** Follows the jobs of one engine, whether a window shows them or not. */
export class FollowedJobs {
  readonly #options: FollowedJobsOptions;
  readonly #clock: JobClock;
  readonly #client: KeptClient;
  #library: string | null = null;
  #live: ReadonlyMap<number, JobStatus> = new Map();

  constructor(link: EngineLink, options: FollowedJobsOptions) {
    this.#options = options;
    this.#clock = new JobClock(options.now);
    this.#client = new KeptClient(link, {
      onConnected: (client) => {
        client.on('job', (job) => this.#receive(job));
        const refresh = (): void => void this.#refresh(client);
        client.on('library', refresh);
        refresh();
      },
      onLost: options.onLost,
    });
  }

  /** The jobs that had not ended when the engine was last reached, by rising number. */
  get live(): readonly JobStatus[] {
    return [...this.#live.values()].sort((a, b) => a.job - b.job);
  }

  /** The jobs that have not ended as far as is known now: none while the engine cannot be reached. */
  get seen(): readonly JobStatus[] {
    return this.#client.isConnected ? this.live : [];
  }

  /** Connects where it is not connected. @throws EngineUnreachable */
  async connect(): Promise<void> {
    await this.#client.get();
  }

  close(): void {
    this.#client.close();
  }

  async #refresh(client: EngineClient): Promise<void> {
    try {
      const { file } = await client.call('library.status', {});
      // An engine that has just begun will open the library that it goes on with.
      if (file === null) return;
      const jobs = await client.call('jobs.list', {});
      if (file !== this.#library) this.#clock.clear();
      this.#library = file;
      for (const job of jobs) this.#clock.note(job);
      this.#live = new Map(jobs.filter(isLive).map((job) => [job.job, job]));
      this.#options.onChange();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #receive(job: JobStatus): void {
    const ranMs = this.#clock.note(job);
    const live = new Map(this.#live);
    if (isLive(job)) live.set(job.job, job);
    else live.delete(job.job);
    this.#live = live;
    if (!isLive(job)) this.#options.onEnded(job, ranMs);
    this.#options.onChange();
  }
}
