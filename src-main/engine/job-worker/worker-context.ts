import { setImmediate } from 'node:timers/promises';
import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { EngineError } from '../../contract/errors/errors.ts';
import type { MapProgress } from '../../contract/map.ts';
import type { Library } from '../store/library-file.ts';
import type { JobContext, JobReport } from '../jobs/job-context.ts';
import type { JobCommand, JobMessage } from '../jobs/job-message.ts';

const millisecondsBetweenReports = 100;

interface WorkerContextOptions {
  readonly library: Library;
  readonly job: number;
  readonly modelFolder: string;
  readonly port: MessagePort;
  readonly now: () => number;
  /** Ends the thread. */
  readonly stop: () => void;
}

/**
 * The job's side of the thread: obeys pause, resume, cancel and stop; sends at most 10 reports per
 * second.
 */
export class WorkerContext implements JobContext {
  readonly library: Library;
  readonly job: number;
  readonly modelFolder: string;
  readonly now: () => number;
  readonly #port: MessagePort;
  readonly #stop: () => void;
  readonly #abort = new AbortController();
  #paused: PromiseWithResolvers<undefined> | null = null;
  #lastReportAt = -Infinity;
  #lastRun: number | undefined;

  constructor({ library, job, modelFolder, port, now, stop }: WorkerContextOptions) {
    this.library = library;
    this.job = job;
    this.modelFolder = modelFolder;
    this.now = now;
    this.#port = port;
    this.#stop = stop;
    port.on('message', (command: JobCommand) => this.#obey(command));
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  report(report: JobReport): void {
    const time = this.now();
    const isNews = report.progress >= 1 || report.run !== this.#lastRun;
    if (!isNews && time - this.#lastReportAt < millisecondsBetweenReports) return;
    this.#lastReportAt = time;
    this.#lastRun = report.run;
    this.#port.postMessage({ type: 'report', report } satisfies JobMessage);
  }

  showMap(map: MapProgress): void {
    this.#port.postMessage({ type: 'map', map } satisfies JobMessage);
  }

  async yieldToEvents(): Promise<void> {
    // While a training keeps the thread busy, commands may wait in the port.
    for (;;) {
      const waiting = receiveMessageOnPort(this.#port);
      if (waiting === undefined) break;
      this.#obey(waiting.message as JobCommand);
    }
    await setImmediate();
    await this.#paused?.promise;
    if (this.signal.aborted) throw new EngineError('cancelled', 'The job was cancelled.');
  }

  #obey(command: JobCommand): void {
    if (command === 'pause') {
      this.#paused ??= Promise.withResolvers<undefined>();
      return;
    }
    if (command === 'stop') {
      // This is never resolved, so the job takes no further step.
      this.#paused ??= Promise.withResolvers<undefined>();
      this.#stop();
      return;
    }
    if (command === 'cancel') this.#abort.abort();
    this.#paused?.resolve(undefined);
    this.#paused = null;
  }
}
