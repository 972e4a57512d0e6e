import { saveHistory } from '../store/history.ts';
import type { HistoryStep } from '../store/history.ts';
import type { Library } from '../store/library-file.ts';

const millisecondsBetweenWrites = 1000;

/** Collects steps and writes them to the library about once a second, for a live loss curve. */
export class HistoryWriter {
  readonly #library: Library;
  readonly #runId: number;
  #waiting: HistoryStep[] = [];
  #writtenAt: number;

  constructor(library: Library, runId: number) {
    this.#library = library;
    this.#runId = runId;
    this.#writtenAt = library.now();
  }

  /** Adds one step, and writes if the last write is a second ago. */
  add(step: HistoryStep): void {
    this.#waiting.push(step);
    if (this.#library.now() - this.#writtenAt >= millisecondsBetweenWrites) this.flush();
  }

  /** Writes what is collected. */
  flush(): void {
    saveHistory(this.#library, this.#runId, this.#waiting);
    this.#waiting = [];
    this.#writtenAt = this.#library.now();
  }
}
