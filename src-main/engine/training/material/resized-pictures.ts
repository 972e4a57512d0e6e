import type { Decoding } from '../../../contract/decoding.ts';
import { pixelsTaskOf } from '../../encoders/trained/pixels-task.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import { decodePictures } from '../../pictures/decode-pictures.ts';
import { DecodePool } from '../../pictures/decode-pool.ts';
import { decodingThreads } from '../../pictures/decoding-threads.ts';
import type { Library } from '../../store/library-file.ts';
import { readPixels } from '../../store/pixels.ts';

/**
 * The pictures of a training as its encoder's preprocessing resizes them, decoded each time, because at the size
 * of a loaded encoder they would fill the library.
 */
export class ResizedPictures {
  readonly #library: Library;
  readonly #signal: AbortSignal;
  readonly #size: number;
  readonly #taskOf: ReturnType<typeof pixelsTaskOf>;
  #pool: DecodePool | null = null;

  constructor(
    { library, signal }: { readonly library: Library; readonly signal: AbortSignal },
    encoder: EncoderPlan,
    { size, decoding }: { readonly size: number; readonly decoding: Decoding },
  ) {
    this.#library = library;
    this.#signal = signal;
    this.#size = size;
    this.#taskOf = pixelsTaskOf(encoder, size, decoding);
  }

  /** RGB bytes [n, size, size, 3]; of a picture whose file is gone, the square that is stored. */
  async read(sampleIds: Uint32Array): Promise<Uint8Array> {
    const pictures = readPixels(this.#library, sampleIds, this.#size);
    const pictureLength = this.#size * this.#size * 3;
    this.#pool ??= new DecodePool(this.#library.file, decodingThreads());
    const decoded = await decodePictures({
      ...{ library: this.#library, pool: this.#pool, signal: this.#signal },
      ...{ sampleIds, pictureLength, taskOf: this.#taskOf },
    });
    const rowOf = new Map(Array.from(sampleIds, (id, row) => [id, row]));
    for (const [from, id] of decoded.sampleIds.entries()) {
      const own = decoded.pictures.subarray(from * pictureLength, (from + 1) * pictureLength);
      pictures.set(own, (rowOf.get(id) ?? 0) * pictureLength);
    }
    return pictures;
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
