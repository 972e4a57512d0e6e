import { readPicture, readPictureBlocking, type PictureBytes } from './read-picture.ts';

/** How long, in milliseconds, a file may take on average so that waiting for it holds nobody up. */
const fastMs = 1;
/** The share of the newest file in the average. */
const newestShare = 1 / 16;

/**
 * Reads one picture after the other: blocking as long as the disk is fast; from a slow disk or over a network,
 * several at once.
 */
export class PictureReader {
  readonly #now: () => number;
  #averageMs = 0;

  /** `now` gives milliseconds since any fixed time. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether the next file will be read blocking. */
  get isBlocking(): boolean {
    return this.#averageMs <= fastMs;
  }

  /** As `readPicture`. @throws PictureError vanished, unreadable, too-large */
  async read(path: string): Promise<PictureBytes> {
    const start = this.#now();
    try {
      return this.isBlocking ? readPictureBlocking(path) : await readPicture(path);
    } finally {
      this.#averageMs += (this.#now() - start - this.#averageMs) * newestShare;
    }
  }
}
