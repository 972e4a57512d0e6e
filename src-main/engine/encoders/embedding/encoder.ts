import type { Skip } from '../../../contract/library.ts';
import type { RunReference } from '../../../contract/runs.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { PixelsTask } from '../../pictures/decode-task.ts';
import type { Library } from '../../store/library-file.ts';
import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import type { FeatureProgram } from './feature-program.ts';

/** An encoder with fixed weights that embeds the pictures of a library. */
export interface Encoder {
  /** The reference by which it is found again: an encoder's name, or the number of a run. */
  readonly on: RunReference;
  /** Its name for users. */
  readonly name: string;
  /** The SHA-256, hex, of everything that its vectors depend on; they are stored under it as h. */
  readonly hash: string;
  /** Length of its vectors. */
  readonly dimensions: number;
  /**
   * The device to embed on; `wanted` is 'auto' or a device's name.
   * @throws EngineError device-unavailable
   */
  readonly chooseDevice: (wanted: string) => Promise<string>;
  /** Called before it is used; rejects if its files are no longer those of `hash`. */
  readonly check: (context: JobContext) => Promise<void>;
  /**
   * Embeds pictures that have no embeddings under `hash`, and stores their vectors in chunks, so that
   * a killed job loses one chunk at most. `onProgress` is called with the number of pictures done.
   * @throws EngineError cancelled
   */
  readonly embed: (
    context: JobContext,
    sampleIds: Uint32Array,
    device: string,
    onProgress: (done: number) => void,
  ) => Promise<EmbeddedPictures>;
  /**
   * Whitens the stored vectors and stores the result, which map, neighbours and bins then use; null if
   * they use the vectors themselves. `onProgress` takes the part done, 0 to 1.
   * @throws EngineError cancelled
   */
  readonly whiten:
    | ((library: Library, onProgress: (done: number) => Promise<void>) => Promise<ShownVectors>)
    | null;
  /**
   * This encoder as a frozen encoder, on whose features a head is trained.
   * @throws EngineError bad-argument if it cannot be one
   */
  readonly asFrozen: () => FrozenEncoder;
}

/**
 * An encoder that is trained no further, and gives the features of views on which a head is
 * trained.
 */
export interface FrozenEncoder extends Encoder {
  /** Side in pixels of the pictures that it takes. */
  readonly size: number;
  /** How its features are whitened before a head or an adapter; null for no whitening. */
  readonly whitening: readonly WhitenedPart[] | null;
  /** The task that decodes a picture to [size, size, 3] RGB bytes for the encoder. */
  readonly taskOf: (path: string, hash: string) => PixelsTask;
  /** Compiles the encoder for a device, on which it will embed some `pictures` pictures. */
  readonly open: (device: string, pictures: number) => Promise<FeatureProgram>;
}

/** The result of embedding pictures. */
export interface EmbeddedPictures {
  readonly embedded: number;
  /** Pictures without a vector, and the reasons. */
  readonly leftOut: readonly Skip[];
  /** Time for decoding and computing, without the time for loading the encoder. */
  readonly seconds: number;
}

/**
 * The vectors that map, neighbours and bins use: the hash under which they are stored, and their
 * length.
 */
export interface ShownVectors {
  readonly weightsHash: string;
  readonly dimensions: number;
}
