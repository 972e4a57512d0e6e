import type { Worker } from 'node:worker_threads';
import { EngineError, fromErrorReport } from '../../contract/errors/errors.ts';
import { endAddonWorker, startAddonWorker } from '../threads/addon-workers.ts';
import { workerEntry } from '../threads/worker-entry.ts';
import type { TextTower } from './find-text-tower.ts';
import type { EncodedText } from './open-text-tower.ts';
import type { TextAnswer, TextQuestion } from './text-tower.worker.ts';

/** How long a text tower stays in memory after the last text. */
const idleMilliseconds = 5 * 60_000;

/** The text tower that was used last, in a thread of its own, because loading one takes seconds. */
export class TextTowerThread {
  #worker: Worker | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #key = '';
  #asked = 0;
  #idle: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, PromiseWithResolvers<EncodedText>>();

  /** The vector of a text. @throws EngineError bad-encoder, not-found, according to the tower's files */
  async encode(tower: TextTower, text: string): Promise<EncodedText> {
    const worker = this.#workerOf(tower);
    clearTimeout(this.#idle);
    const answer = Promise.withResolvers<EncodedText>();
    const question: TextQuestion = { id: this.#asked++, text };
    this.#waiting.set(question.id, answer);
    worker.postMessage(question);
    try {
      return await answer.promise;
    } catch (error) {
      // The user may mend the tower's files before the next text.
      if (this.#worker === worker) await this.close();
      throw error;
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => void this.close(), idleMilliseconds).unref();
    }
  }

  /** Ends the thread; resolves when it and all earlier ones have ended. The next text starts another. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    if (this.#worker) this.#ended = Promise.all([this.#ended, endAddonWorker(this.#worker)]);
    this.#worker = null;
    this.#fail('The search was given up for another one.');
    await this.#ended;
  }

  /** The thread is replaced at once, so that of two searches the later one always has the thread. */
  #workerOf(tower: TextTower): Worker {
    const key = `${tower.model}\n${tower.encoder}`;
    if (this.#worker && this.#key === key) return this.#worker;
    void this.close();
    const worker = startAddonWorker(workerEntry('text-search/text-tower.worker'), tower);
    worker.on('message', (answer: TextAnswer) => this.#take(answer));
    worker.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#worker === worker) this.#fail(reason);
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#fail('The text tower ended before its answer.');
    });
    this.#worker = worker;
    this.#key = key;
    return worker;
  }

  #take(answer: TextAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('encoded' in answer) waiting?.resolve(answer.encoded);
    else waiting?.reject(fromErrorReport(answer.error));
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new EngineError('internal', reason));
    this.#waiting.clear();
  }
}
