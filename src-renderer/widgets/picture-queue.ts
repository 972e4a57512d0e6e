/** A picture on the page that is to be loaded. */
export interface QueuedPicture {
  /** Begins to load; `onended` is called once, when it is there or has failed. */
  load(onended: () => void): void;
  /** Takes back a load that has not ended. */
  abort(): void;
}

interface Waiting {
  readonly picture: QueuedPicture;
  isOnScreen: boolean;
}

/**
 * Loads pictures some at a time: those on the screen first, in their order, then those near it. What
 * is dropped takes no turn, so that after a fast scroll only what is seen is loaded.
 */
export class PictureQueue {
  readonly #most: number;
  readonly #waiting = new Map<QueuedPicture, Waiting>();
  readonly #loading = new Set<QueuedPicture>();
  #isScheduled = false;

  /** At most `most` pictures load at once: what browsers allow for one server. */
  constructor(most = 6) {
    this.#most = most;
  }

  /** Asks for a picture, or says anew whether it is on the screen. */
  ask(picture: QueuedPicture, isOnScreen: boolean): void {
    if (this.#loading.has(picture)) return;
    this.#waiting.set(picture, { picture, isOnScreen });
    this.#loadSoon();
  }

  /** Forgets a picture that left the screen, or ends its load. */
  drop(picture: QueuedPicture): void {
    this.#waiting.delete(picture);
    if (!this.#loading.delete(picture)) return;
    picture.abort();
    this.#loadSoon();
  }

  /** A scroll asks for and drops many at once: what is loaded next is known when all is said. */
  #loadSoon(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#loadNext();
    });
  }

  #loadNext(): void {
    while (this.#loading.size < this.#most) {
      const waiting = [...this.#waiting.values()];
      const next = waiting.find(({ isOnScreen }) => isOnScreen) ?? waiting[0];
      if (next === undefined) return;
      this.#start(next.picture);
    }
  }

  #start(picture: QueuedPicture): void {
    this.#waiting.delete(picture);
    this.#loading.add(picture);
    picture.load(() => {
      if (this.#loading.delete(picture)) this.#loadSoon();
    });
  }
}
