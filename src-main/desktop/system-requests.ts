import { app } from 'electron';

/** Paths and addresses that macOS asks the app to open; those that come before it has begun wait for it. */
export class SystemRequests {
  #waiting: string[] = [];
  #listener: ((path: string) => void) | null = null;

  /** Listens from now on, which must be before the app is ready. */
  constructor() {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#take(path);
    });
    app.on('open-url', (event, address) => {
      event.preventDefault();
      this.#take(address);
    });
  }

  /** Passes on what is asked from now on, and what waited. */
  follow(listener: (path: string) => void): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const path of waiting) listener(path);
  }

  #take(path: string): void {
    if (this.#listener) this.#listener(path);
    else this.#waiting.push(path);
  }
}
