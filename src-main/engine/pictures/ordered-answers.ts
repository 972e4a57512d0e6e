import type { DecodeAnswer } from './decode-task.ts';

// How many answers may wait for one slow picture: 512 thumbnails are a few megabytes.
const mostHeld = 512;

/** Hands on answers in the order of their questions, holding a bounded number that came early. */
export class OrderedAnswers {
  readonly #handOn: (index: number, answer: DecodeAnswer) => void;
  readonly #held = new Map<number, DecodeAnswer>();
  #next = 0;
  #moved = Promise.withResolvers<undefined>();
  #isStopped = false;

  constructor(handOn: (index: number, answer: DecodeAnswer) => void) {
    this.#handOn = handOn;
  }

  /** Waits until the question of this index may be asked. */
  async roomFor(index: number): Promise<void> {
    while (index - this.#next >= mostHeld && !this.#isStopped) await this.#moved.promise;
  }

  /** Takes the answer of one index, and hands on all whose turn it is. */
  add(index: number, answer: DecodeAnswer): void {
    this.#held.set(index, answer);
    for (let next = this.#take(); next !== undefined; next = this.#take()) {
      this.#handOn(this.#next++, next);
    }
    this.#wake();
  }

  /** Lets everybody go who waits: no more answers will come. */
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
