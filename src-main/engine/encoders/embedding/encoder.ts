import type { Skip } from '../../../contract/library.ts';
import type { RunReference } from '../../../contract/runs.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { DecodeTask } from '../../pictures/decode-task.ts';
import type { Library } from '../../store/library-file.ts';
import type { FeatureProgram } from './feature-program.ts';

/** An encoder with weights that do not change, by which the pictures of a library are embedded. */
export interface Encoder {
  /** By what it is found again: the name of an encoder that needs no training, or the number of a run. */
  readonly on: RunReference;
  /** What a user calls it. */
  readonly name: string;
  /** SHA-256 of what its vectors depend on, hex; they are stored under it as embeddings h. */
  readonly hash: string;
  /** Length of its vectors. */
  readonly dimensions: number;
  /**
   * The device to embed on, where 'auto' or a device's name was asked for.
   * @throws EngineError device-unavailable
   */
  readonly chooseDevice: (wanted: string) => Promise<string>;
  /** Rejects, before it is used, where it is no longer what `hash` names. */
  readonly check: (context: JobContext) => Promise<void>;
  /**
   * Embeds pictures that have no embeddings under `hash`, and stores their vectors in chunks, so that
   * a killed job loses one chunk at most. `onProgress` is given how many pictures are done.
   * @throws EngineError cancelled
   */
  readonly embed: (
    context: JobContext,
    sampleIds: Uint32Array,
    device: string,
    onProgress: (done: number) => void,
  ) => Promise<EmbeddedPictures>;
  /**
   * Whitens the stored vectors and stores the result for map, neighbours and bins to show; null where
   * these show the vectors themselves.
   */
  readonly whiten: ((library: Library) => ShownVectors) | null;
  /**
   * This encoder as one whose features a head is trained on.
   * @throws EngineError bad-argument where it cannot be
   */
  readonly asFrozen: () => FrozenEncoder;
}

/** An encoder that is trained no further, on whose features of augmented views a head is trained. */
export interface FrozenEncoder extends Encoder {
  /** Side in pixels of the pictures that it takes. */
  readonly size: number;
  /** Length of the whitened features that a head is given instead of its own; null for no whitening. */
  readonly whitened: number | null;
  /** What decodes a picture to size x size RGB bytes as it takes them. */
  readonly taskOf: (path: string, hash: string) => DecodeTask;
  /** The encoder compiled for a device. */
  readonly open: (device: string) => Promise<FeatureProgram>;
}

/** What became of pictures that were to be embedded. */
export interface EmbeddedPictures {
  readonly embedded: number;
  /** Pictures without a vector, and why. */
  readonly leftOut: readonly Skip[];
  /** Time for decoding and computing, without that for loading the encoder. */
  readonly seconds: number;
}

/** The vectors that a run shows: the hash that they are stored under, and their length. */
export interface ShownVectors {
  readonly weightsHash: string;
  readonly dimensions: number;
}
