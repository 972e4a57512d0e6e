import type { JobInput, JobKind, JobStatus } from '../../../src-main/contract/jobs.ts';
import type { MethodInput } from '../../../src-main/contract/methods.ts';
import type { AskedFor } from './asked-for.ts';
import type { Connection } from '../../connection/connection.svelte.ts';

type Ended = (job: JobStatus) => void;

const live: ReadonlySet<JobStatus['state']> = new Set(['queued', 'running', 'paused']);

/** Whether a job still has work to do. */
export function isLive(job: JobStatus): boolean {
  return live.has(job.state);
}

/** The engine's jobs, by rising number. */
export class Jobs {
  list = $state.raw<readonly JobStatus[]>([]);
  readonly active = $derived(this.list.filter(isLive));
  /** The job to show in the status bar: the running one, else a paused, else a queued one. */
  readonly current = $derived(
    this.active.find((job) => job.state === 'running') ??
      this.active.find((job) => job.state === 'paused') ??
      this.active[0] ??
      null,
  );
  readonly #connection: Connection;
  readonly #asked: AskedFor;
  readonly #endedListeners: Ended[] = [];

  constructor(connection: Connection, asked: AskedFor) {
    this.#connection = connection;
    this.#asked = asked;
    connection.on('job', (status) => this.#receive(status, true));
  }

  /** Calls the listener when a job that was live has ended. */
  onEnded(listener: Ended): void {
    this.#endedListeners.push(listener);
  }

  /** Forgets the jobs of a library that is no longer open. */
  clear(): void {
    this.list = [];
  }

  async refresh(): Promise<void> {
    for (const job of await this.#connection.call('jobs.list', {})) this.#receive(job);
  }

  async start<K extends JobKind>(kind: K, input: JobInput<K>): Promise<JobStatus> {
    const wanted = { kind, input } as MethodInput<'jobs.start'>;
    const job = await this.#asked.while(kind, () => this.#connection.call('jobs.start', wanted));
    if (!this.list.some((known) => known.job === job.job)) this.#receive(job);
    return job;
  }

  async command(command: 'pause' | 'resume' | 'cancel', job: number): Promise<void> {
    this.#receive(await this.#connection.call(`jobs.${command}`, { job }));
  }

  /** The live job of a kind, if there is one. */
  liveOf(...kinds: readonly JobKind[]): JobStatus | null {
    return this.active.find((job) => kinds.includes(job.kind)) ?? null;
  }

  /** The last job of a kind, live or not; null where there was none. */
  lastOf(kind: JobKind): JobStatus | null {
    return this.list.findLast((job) => job.kind === kind) ?? null;
  }

  /**
   * A short job may have ended before its start was answered: `isNews` tells such a job from an old
   * one.
   */
  #receive(status: JobStatus, isNews = false): void {
    const before = this.list.find((job) => job.job === status.job);
    const others = this.list.filter((job) => job.job !== status.job);
    this.list = [...others, status].sort((a, b) => a.job - b.job);
    const wasLive = before ? isLive(before) : isNews;
    if (wasLive && !isLive(status)) {
      for (const listener of this.#endedListeners) listener(status);
    }
  }
}
