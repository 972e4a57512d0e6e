import type { Worker } from 'node:worker_threads';
import { endAddonWorker, startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import { throwIfCancelled } from '../threads/cancellation.ts';
import type { DecodeAnswer, DecodeReply, DecodeRequest, DecodeTask } from './decode-task.ts';
import { OrderedAnswers } from './ordered-answers.ts';
import { parcels } from './parcels.ts';

// How many requests a worker is given at a time.
const usualRequestsPerWorker = 2;

interface Pending {
  readonly resolve: (answers: readonly DecodeAnswer[]) => void;
  readonly reject: (error: Error) => void;
}

/** Worker threads that read, hash and decode pictures. */
export class DecodePool {
  readonly #workers: Worker[];
  readonly #requestsPerWorker: number;
  readonly #pending = new Map<number, Pending>();
  #sent = 0;
  #failure: Error | null = null;

  /**
   * Workers look up known pictures in the library file, which must exist. They go on with up to
   * `requestsPerWorker` requests while this thread is busy.
   */
  constructor(libraryFile: string, workers: number, requestsPerWorker = usualRequestsPerWorker) {
    this.#requestsPerWorker = requestsPerWorker;
    this.#workers = Array.from({ length: workers }, () => this.#start(libraryFile));
  }

  /**
   * Runs all tasks and passes on their answers in the order of the items; takes new tasks only as fast
   * as others are done. Where `bytesOf` tells how large the items' files are, small ones go to a worker
   * together.
   * @throws EngineError cancelled
   */
  async run<T>(
    items: readonly T[],
    options: {
      taskOf: (item: T) => DecodeTask;
      bytesOf?: (item: T) => number;
      onAnswer: (item: T, answer: DecodeAnswer) => void;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const requests = this.#workers.length * this.#requestsPerWorker;
    const queue = parcels(items, requests, options.bytesOf);
    const answers = new OrderedAnswers((index, answer) => {
      options.onAnswer(items[index] as T, answer);
    });
    const lane = async (worker: Worker): Promise<void> => {
      for (const { first, end } of queue) {
        await answers.roomFor(first);
        throwIfCancelled(options.signal);
        const asked = items.slice(first, end).map(options.taskOf);
        for (const [place, answer] of (await this.#ask(worker, asked)).entries()) {
          if (answer.kind === 'failure') throw new Error(answer.message);
          answers.add(first + place, answer);
        }
      }
    };
    // A lane that throws closes the queue that all lanes share, and so ends the others.
    const lanes = this.#workers.flatMap((worker) =>
      Array.from({ length: this.#requestsPerWorker }, () =>
        lane(worker).catch((error: unknown) => {
          answers.stop();
          throw error;
        }),
      ),
    );
    const results = await Promise.allSettled(lanes);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** Ends the workers once they have done their current tasks; no further answer is passed on. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map(endAddonWorker));
  }

  #start(libraryFile: string): Worker {
    const worker = startAddonWorker(workerEntry('pictures/decode.worker'), { libraryFile });
    worker.on('message', ({ id, answers }: DecodeReply) => {
      this.#pending.get(id)?.resolve(answers);
      this.#pending.delete(id);
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('A decoding worker ended before its work.')));
    return worker;
  }

  #ask(worker: Worker, tasks: readonly DecodeTask[]): Promise<readonly DecodeAnswer[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#sent++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, tasks } satisfies DecodeRequest);
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
