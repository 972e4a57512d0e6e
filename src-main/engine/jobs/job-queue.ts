import { EngineError, fromErrorReport } from '../../contract/errors/errors.ts';
import type { ErrorReport } from '../../contract/errors/errors.ts';
import type { JobKind, JobState, JobStatus } from '../../contract/jobs.ts';
import type { MapProgress } from '../../contract/map.ts';
import type { RunState } from '../../contract/runs.ts';
import { createJob, listJobs, readJob, unfinishedJobs } from '../store/jobs.ts';
import type { Job } from '../store/jobs.ts';
import { endAbandonedRuns } from '../store/run-states.ts';
import { knownDevices } from '../devices/known-devices.ts';
import type { Library } from '../store/library-file.ts';
import { noteCrash } from './crash-count.ts';
import { canGiveWay, shortJobAhead } from './give-way.ts';
import type { JobReport } from './job-context.ts';
import { JobThread } from './job-thread.ts';
import { JobRecords, type Guard } from './job-records.ts';
import { jobTitle } from './job-title.ts';
import { liveJob } from './live-job.ts';
import type { LiveJob } from './live-job.ts';

/** The number of past jobs that are listed for clients. */
const listedJobs = 50;
const stopPatienceMs = 5000;

export interface JobQueueOptions {
  /** The connection of this thread, mode `write`. */
  readonly library: Library;
  readonly modelFolder: string;
  /** The entry file of every job's thread. */
  readonly worker: URL;
  readonly onStatus: (status: JobStatus) => void;
  /** Called while a map is being laid out. */
  readonly onMap: (map: MapProgress) => void;
  /** Runs what no caller waits for, and tells clients of its failure. */
  readonly guard: Guard;
}

/**
 * The library's jobs: stored in its table, and run one at a time in worker threads, the oldest first. A
 * training or an embedding waits between two of its steps while a short job on another run runs.
 */
export class JobQueue {
  readonly #library: Library;
  readonly #modelFolder: string;
  readonly #worker: URL;
  readonly #onStatus: (status: JobStatus) => void;
  readonly #onMap: (map: MapProgress) => void;
  readonly #guard: Guard;
  readonly #records: JobRecords;
  readonly #live = new Map<number, LiveJob>();
  /** All threads that have not ended: after its job, a thread holds the library for a moment longer. */
  readonly #threads = new Set<JobThread>();
  #isClosed = false;

  constructor({ library, modelFolder, worker, onStatus, onMap, guard }: JobQueueOptions) {
    this.#library = library;
    this.#modelFolder = modelFolder;
    this.#worker = worker;
    this.#onStatus = onStatus;
    this.#onMap = onMap;
    this.#guard = guard;
    this.#records = new JobRecords(library, guard);
    for (const row of unfinishedJobs(library)) {
      this.#live.set(row.id, { ...liveJob(row), state: 'paused' });
    }
    if (library.mode === 'read') return;
    for (const { row } of this.#live.values()) this.#records.save(row.id, {}, 'paused');
    guard(() => endAbandonedRuns(library));
  }

  /**
   * Resumes the jobs that waited or ran when the library was closed or its process died; until then
   * they count as paused. A job during which the process died three times stays paused.
   */
  resumeInterrupted(): void {
    for (const job of this.#live.values()) {
      if (job.row.state === 'paused') continue;
      const wasRunning = job.row.state === 'running';
      const isSuspect = wasRunning && this.#guard(() => noteCrash(this.#library, job.row.id));
      if (isSuspect) job.message = 'The app ended three times during this job; resume it by hand.';
      this.#change(job, isSuspect ? 'paused' : 'queued');
    }
    this.#startNext();
  }

  /** Queues a job; its `input` must be checked. */
  start(kind: JobKind, input: unknown): JobStatus {
    const job = liveJob(createJob(this.#library, kind, input));
    this.#live.set(job.row.id, job);
    this.#announce(job);
    this.#startNext();
    return this.#status(job);
  }

  /** The latest jobs, newest first. */
  list(): JobStatus[] {
    return listJobs(this.#library, listedJobs).map((row) =>
      this.#statusOfRow(this.#records.upToDate(row)),
    );
  }

  /** The jobs of a kind that have not ended, oldest first. */
  unfinished(kind: JobKind): JobStatus[] {
    const jobs = [...this.#live.values()].filter(({ row }) => row.kind === kind);
    return jobs.map((job) => this.#status(job));
  }

  /**
   * Pauses a job, so that the next one in the queue begins. A training waits in its thread and goes on
   * at the very same step. Other jobs start again later and skip what is done.
   */
  pause(id: number): JobStatus {
    const job = this.#unfinished(id);
    if (job.state === 'paused' || job.isCancelled) return this.#status(job);
    if (job.row.kind === 'train') {
      job.thread?.send('pause');
    } else {
      void job.thread?.stop(stopPatienceMs);
      job.thread = null;
    }
    job.givesWay = false;
    this.#change(job, 'paused');
    this.#startNext();
    return this.#status(job);
  }

  /** Puts a paused job back into the queue. */
  resume(id: number): JobStatus {
    const job = this.#unfinished(id);
    if (job.state === 'paused' && !job.isCancelled) {
      job.message = '';
      job.obstacle = null;
      this.#change(job, 'queued');
      this.#startNext();
    }
    return this.#status(job);
  }

  /**
   * Ends a job for good. A running one ends at its next step, and is not resumed if the process dies
   * before that.
   */
  cancel(id: number): JobStatus {
    const job = this.#unfinished(id);
    if (job.thread === null) {
      this.#end(job, 'cancelled', { error: cancelled });
    } else {
      job.isCancelled = true;
      job.message = 'Cancelling';
      const endedAt = this.#library.now();
      this.#records.save(id, { state: 'cancelled', error: cancelled, endedAt }, null);
      job.thread.send('cancel');
      this.#announce(job);
    }
    return this.#statusOfRow(this.#row(id));
  }

  /** Stops all threads and waits for their end; jobs that ran are in the queue at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#threads].map((thread) => thread.stop(stopPatienceMs)));
    const left = this.#library.mode === 'read' ? [] : this.#live.values();
    for (const { row, state, isCancelled } of left) {
      const changes = state === 'running' && !isCancelled ? ({ state: 'queued' } as const) : {};
      this.#records.save(row.id, changes, isCancelled ? 'cancelled' : 'paused');
    }
    this.#records.flush();
    this.#live.clear();
  }

  #startNext(): void {
    const jobs = [...this.#live.values()].filter(({ isCancelled }) => !isCancelled);
    const running = [...this.#live.values()].find(({ state }) => state === 'running');
    if (this.#isClosed || (running && !canGiveWay(running))) return;
    const short = shortJobAhead(this.#library, jobs);
    if (running && !short) return;
    const next =
      short ??
      jobs.find(({ state, givesWay }) => givesWay && state === 'queued') ??
      jobs.find(({ state }) => state === 'queued');
    if (next === undefined) return;
    if (running) this.#giveWay(running, next);
    next.givesWay = false;
    next.timeLeft.restart(this.#library.now(), next.progress);
    if (next.thread) next.thread.send('resume');
    else next.thread = this.#startThread(next);
    this.#change(next, 'running');
  }

  /** Lets a long job wait in its thread, between two steps, until a short one has ended. */
  #giveWay(long: LiveJob, short: LiveJob): void {
    long.givesWay = true;
    long.thread?.send('pause');
    const { kind, input } = short.row;
    long.message = `Waits for “${jobTitle(this.#library, kind, input)}”`;
    this.#change(long, 'queued');
  }

  #startThread(job: LiveJob): JobThread {
    const { id, kind, input } = job.row;
    const task = {
      libraryFile: this.#library.file,
      job: id,
      kind,
      input,
      modelFolder: this.#modelFolder,
      devices: knownDevices(),
    };
    const thread = new JobThread(this.#worker, task, {
      onReport: (report) => this.#report(job, report),
      onMap: (map) => this.#onMap(map),
      onDone: (result) => this.#end(job, 'done', { result }),
      onFailed: (error) => this.#fail(job, error),
    });
    this.#threads.add(thread);
    void thread.exited.then(() => this.#threads.delete(thread));
    return thread;
  }

  #report(job: LiveJob, { progress, message, phase, detail, run }: JobReport): void {
    job.progress = Math.min(1, Math.max(0, progress));
    job.timeLeft.report(this.#library.now(), job.progress, phase ?? message);
    job.message = job.isCancelled || job.givesWay ? job.message : message;
    job.detail = { ...job.detail, ...detail };
    const isNewRun = run !== undefined && run !== job.run;
    job.run = run ?? job.run;
    // The job may have been paused before its run existed.
    if (isNewRun) this.#records.save(job.row.id, {}, runStates[job.state]);
    this.#announce(job);
  }

  #change(job: LiveJob, state: JobState): void {
    job.state = state;
    this.#records.save(job.row.id, { state }, runStates[state]);
    this.#announce(job);
  }

  /** Where the library's disk is full, the job waits, with what it has saved, until there is space. */
  #fail(job: LiveJob, error: ErrorReport): void {
    const isFull = error.code === 'library-full';
    if (error.code === 'cancelled') this.#end(job, 'cancelled', { error });
    else if (isFull && job.isCancelled) this.#end(job, 'cancelled', { error: cancelled });
    else if (!isFull) this.#end(job, 'failed', { error });
    else {
      job.thread = null;
      job.message = error.message;
      job.obstacle = error;
      this.#change(job, 'paused');
      this.#guard(() => {
        throw fromErrorReport(error);
      });
      this.#guard(() => this.#startNext());
    }
  }

  #end(
    { row, progress, message }: LiveJob,
    state: 'done' | 'failed' | 'cancelled',
    outcome: { result?: unknown; error?: ErrorReport },
  ): void {
    this.#live.delete(row.id);
    const ended = {
      error: null,
      ...outcome,
      state,
      progress: state === 'done' ? 1 : progress,
      message: outcome.error?.message ?? message,
      endedAt: this.#library.now(),
    };
    this.#records.save(row.id, ended, state);
    this.#guard(() => this.#onStatus(this.#statusOfRow({ ...row, ...ended })));
    this.#guard(() => this.#startNext());
  }

  #announce(job: LiveJob): void {
    this.#guard(() => this.#onStatus(this.#status(job)));
  }

  #unfinished(id: number): LiveJob {
    const job = this.#live.get(id);
    if (job !== undefined) return job;
    const { state } = this.#row(id);
    throw new EngineError('bad-argument', `Job ${id} has ended already (${state}).`);
  }

  #row(id: number): Job {
    const row = readJob(this.#library, id);
    if (row === null) throw new EngineError('not-found', `There is no job ${id}.`);
    return this.#records.upToDate(row);
  }

  #status({ row, state, progress, message, detail, run, timeLeft, obstacle }: LiveJob): JobStatus {
    const now = this.#library.now();
    const secondsLeft = state === 'running' ? timeLeft.seconds(now, progress) : null;
    const title = jobTitle(this.#library, row.kind, row.input);
    const live = { state, progress, message, detail, run, secondsLeft };
    const { id, kind, input } = row;
    return { job: id, kind, title, input, ...live, result: null, error: obstacle };
  }

  #statusOfRow(row: Job): JobStatus {
    const live = this.#live.get(row.id);
    if (live !== undefined) return this.#status(live);
    const { id, kind, input, state, progress, message, result, error } = row;
    const title = jobTitle(this.#library, kind, input);
    const ended = { state, progress, message, secondsLeft: null, detail: {} };
    return { job: id, kind, title, input, ...ended, run: runOf(result), result, error };
  }
}

/** The state of a run by the state of its job: a run does not train while its job waits. */
const runStates: Readonly<Record<JobState, RunState>> = {
  queued: 'paused',
  running: 'training',
  paused: 'paused',
  done: 'done',
  cancelled: 'cancelled',
  failed: 'failed',
};

const cancelled: ErrorReport = { code: 'cancelled', message: 'The job was cancelled.' };

function runOf(result: unknown): number | null {
  const isRecord = typeof result === 'object' && result !== null;
  return isRecord && 'run' in result && typeof result.run === 'number' ? result.run : null;
}
