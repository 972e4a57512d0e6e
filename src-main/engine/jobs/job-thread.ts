import { Worker } from 'node:worker_threads';
import type { ErrorReport } from '../../contract/errors/errors.ts';
import type { MapProgress } from '../../contract/map.ts';
import { rememberDevices } from '../devices/known-devices.ts';
import type { JobReport } from './job-context.ts';
import type { JobCommand, JobMessage, JobTask } from './job-message.ts';

interface JobListener {
  onReport(report: JobReport): void;
  onMap(map: MapProgress): void;
  onDone(result: unknown): void;
  onFailed(error: ErrorReport): void;
}

/** The worker thread of one job; its listener gets exactly one end, unless the thread is stopped. */
export class JobThread {
  /** Resolves once the thread has closed the library. */
  readonly exited: Promise<void>;
  readonly #worker: Worker;
  #hasEnded = false;

  /** `entry` is the file that the thread runs; its input is a `JobTask`. */
  constructor(entry: URL, task: JobTask, listener: JobListener) {
    this.#worker = new Worker(entry, { workerData: task });
    this.#worker.on('message', (message: JobMessage) => {
      if (message.type === 'report') listener.onReport(message.report);
      else if (message.type === 'map') listener.onMap(message.map);
      else if (message.type === 'devices') rememberDevices(message.devices);
      else this.#end(message, listener);
    });
    this.#worker.on('error', (error) => this.#end(crash(error), listener));
    this.exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#end(crash(`Its thread ended early with code ${code}.`), listener);
        resolve();
      });
    });
  }

  send(command: JobCommand): void {
    this.#worker.postMessage(command);
  }

  /** Ends the thread; terminates it when it does not answer within `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.#hasEnded = true;
    this.send('stop');
    const force = setTimeout(() => void this.#worker.terminate(), patienceMs);
    await this.exited;
    clearTimeout(force);
  }

  #end(message: Extract<JobMessage, { type: 'done' | 'failed' }>, listener: JobListener): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (message.type === 'done') listener.onDone(message.result);
    else listener.onFailed(message.error);
  }
}

function crash(cause: unknown): JobMessage & { type: 'failed' } {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    type: 'failed',
    error: { code: 'internal', message: `The job stopped unexpectedly. ${reason}` },
  };
}
