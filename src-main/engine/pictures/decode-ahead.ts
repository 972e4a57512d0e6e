import { DecodePool } from './decode-pool.ts';
import { decodePictures } from './decode-pictures.ts';
import type { DecodedPictures, DecodeRequest } from './decode-pictures.ts';
import { decodingThreads } from './decoding-threads.ts';

interface DecodeAheadRequest extends Omit<DecodeRequest, 'pool'> {
  /** Pictures of a part. */
  readonly partLength: number;
}

/** A part of the pictures that were asked for; those that could not be decoded are in `wanted` only. */
export interface DecodedPart extends DecodedPictures {
  readonly wanted: Uint32Array;
}

/** Bytes of pictures that are decoded ahead, at most, unless one part has more. */
const bytesAhead = 32 * 2 ** 20;
const mostPartsAhead = 4;

/**
 * Decodes pictures in parts, in their order, without storing them. Its threads start at once and hold
 * the tasks of the next parts, so that they go on while a computation on this thread hands out none; `mostPartsAhead` parts and the one in use are in memory at most. Dispose of it.
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

  /** @throws EngineError cancelled */
  async *[Symbol.asyncIterator](): AsyncGenerator<DecodedPart, void> {
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) {
      const decoded = await part;
      this.#askForNext();
      yield decoded;
    }
  }

  /** Ends the threads; what they have not done yet is dropped. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.close();
  }

  #askForNext(): void {
    const { sampleIds, partLength } = this.#request;
    if (this.#asked >= sampleIds.length) return;
    const wanted = sampleIds.subarray(this.#asked, this.#asked + partLength);
    this.#asked += wanted.length;
    const decoding = this.#decode(wanted);
    // Awaited turns later: should a turn in between fail, that failure is the one to report.
    decoding.catch(() => undefined);
    this.#parts.push(decoding);
  }

  async #decode(wanted: Uint32Array): Promise<DecodedPart> {
    const request = { ...this.#request, pool: this.#pool, sampleIds: wanted };
    return { wanted, ...(await decodePictures(request)) };
  }
}
