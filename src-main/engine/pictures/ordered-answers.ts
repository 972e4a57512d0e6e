import type { DecodeAnswer } from './decode-task.ts';

// How many answers may wait for one slow picture: 512 thumbnails take a few megabytes.
const mostHeld = 512;

/** Passes on answers in the order of their questions; holds a bounded number that came early. */
export class OrderedAnswers {
  readonly #handOn: (index: number, answer: DecodeAnswer) => void;
  readonly #held = new Map<number, DecodeAnswer>();
  #next = 0;
  #moved = Promise.withResolvers<undefined>();
  #isStopped = false;

  constructor(handOn: (index: number, answer: DecodeAnswer) => void) {
    this.#handOn = handOn;
  }

  /** Waits until the question with this index may be asked. */
  async roomFor(index: number): Promise<void> {
    while (index - this.#next >= mostHeld && !this.#isStopped) await this.#moved.promise;
  }

  /** Takes the answer with this index, and passes on all answers that are next in order. */
  add(index: number, answer: DecodeAnswer): void {
    this.#held.set(index, answer);
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      this.#handOn(this.#next++, next);
    }
    this.#wake();
  }

  /** Ends all waiting: no more answers will come. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  #take(): DecodeAnswer | undefined {
    const answer = this.#held.get(this.#next);
    this.#held.delete(this.#next);
    return answer;
  }

  #wake(): void {
    this.#moved.resolve(undefined);
    this.#moved = Promise.withResolvers<undefined>();
  }
}
