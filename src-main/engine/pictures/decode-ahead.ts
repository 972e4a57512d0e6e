import { DecodePool } from './decode-pool.ts';
import { decodePictures } from './decode-pictures.ts';
import type { DecodedPictures, DecodeRequest } from './decode-pictures.ts';
import { decodingThreads } from './decoding-threads.ts';

interface DecodeAheadRequest extends Omit<DecodeRequest, 'pool'> {
  /** Number of pictures in a part. */
  readonly partLength: number;
}

/** A part of the wanted pictures; those that could not be decoded are only in `wanted`. */
export interface DecodedPart extends DecodedPictures {
  readonly wanted: Uint32Array;
}

/** The most bytes of pictures that are decoded ahead, unless one part has more. */
const bytesAhead = 32 * 2 ** 20;
const mostPartsAhead = 4;

/**
 * Decodes pictures in parts, in their order, without storing them. Its threads start at once and are
 * given the tasks of the next parts, so that they go on while a computation blocks this thread. At most
 * `mostPartsAhead` parts and the one in use are in memory. Must be disposed of.
 */
export class DecodeAhead implements AsyncDisposable {
  readonly #request: DecodeAheadRequest;
  readonly #pool: DecodePool;
  readonly #parts: Promise<DecodedPart>[] = [];
  #asked = 0;

  constructor(request: DecodeAheadRequest) {
    const { library, sampleIds, partLength, pictureLength } = request;
    const threads = Math.min(decodingThreads(), sampleIds.length);
    this.#request = request;
    this.#pool = new DecodePool(library.file, threads, Math.ceil(partLength / threads));
    const possible = Math.floor(bytesAhead / (partLength * pictureLength));
    const ahead = Math.min(mostPartsAhead, Math.max(1, possible));
    for (let part = 0; part < ahead; part++) this.#askForNext();
  }

  /** The parts in their order. @throws EngineError cancelled */
  async *[Symbol.asyncIterator](): AsyncGenerator<DecodedPart, void> {
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) {
      const decoded = await part;
      this.#askForNext();
      yield decoded;
    }
  }

  /** Ends the threads; unfinished tasks are dropped. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.close();
  }

  #askForNext(): void {
    const { sampleIds, partLength } = this.#request;
    if (this.#asked >= sampleIds.length) return;
    const wanted = sampleIds.subarray(this.#asked, this.#asked + partLength);
    this.#asked += wanted.length;
    const decoding = this.#decode(wanted);
    // The promise is awaited later: a failure in between must not count as unhandled.
    decoding.catch(() => undefined);
    this.#parts.push(decoding);
  }

  async #decode(wanted: Uint32Array): Promise<DecodedPart> {
    const request = { ...this.#request, pool: this.#pool, sampleIds: wanted };
    return { wanted, ...(await decodePictures(request)) };
  }
}
