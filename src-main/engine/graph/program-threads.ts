import type { Worker } from 'node:worker_threads';
import { endAddonWorker, startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { traceFor } from './onnx-program.ts';
import type { NamedArray, Program, ProgramSpec } from './program.ts';
import { openedReply } from './program-messages.ts';
import type { RunReply, RunRequest, ThreadedProgram } from './program-messages.ts';

/** A program without state. */
export type StatelessProgram = Pick<Program, 'run' | 'dispose'>;

/**
 * The same program, without state, in several threads on the processor: each has a session of one thread, so that
 * runs of different ones go on side by side, and none blocks the calling thread. It is traced once. A run takes its
 * feeds over: they are empty afterwards.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function openInThreads(spec: ProgramSpec, count: number): Promise<StatelessProgram[]> {
  const { model, inputs, outputs } = await traceFor(spec, { provider: 'cpu' });
  const data: ThreadedProgram = { name: spec.name, model, inputs, outputs };
  const threads = Array.from({ length: count }, () => new ProgramThread(data));
  try {
    await Promise.all(threads.map((thread) => thread.opened));
    return threads;
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.dispose()));
    throw error;
  }
}

type Outputs = Record<string, NamedArray>;

class ProgramThread implements StatelessProgram {
  /** Settles when the program is open, or cannot be. */
  readonly opened: Promise<Outputs>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Outputs>>();
  #asked = 0;
  #failure: Error | null = null;

  constructor(data: ThreadedProgram) {
    this.#worker = startAddonWorker(workerEntry('graph/program.worker'), data);
    this.#worker.on('message', (reply: RunReply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () =>
      this.#fail(new Error('A computing thread ended before its work.')),
    );
    this.opened = this.#answerOf(openedReply);
    // It is awaited together with those of other threads: the first failure is the one to report.
    this.opened.catch(() => undefined);
  }

  run(feeds: RunRequest['feeds']): Promise<Outputs> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#asked++;
    const answer = this.#answerOf(id);
    const buffers = Object.values(feeds).map(({ buffer }) => buffer as ArrayBuffer);
    this.#worker.postMessage({ id, feeds } satisfies RunRequest, buffers);
    return answer;
  }

  async dispose(): Promise<void> {
    await endAddonWorker(this.#worker);
  }

  #answerOf(id: number): Promise<Outputs> {
    const answer = Promise.withResolvers<Outputs>();
    this.#waiting.set(id, answer);
    return answer.promise;
  }

  #take(reply: RunReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('outputs' in reply) waiting?.resolve(reply.outputs);
    else waiting?.reject(new Error(reply.error));
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
