import type { RunReference } from '../../../contract/runs.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { DecodeTask } from '../../pictures/decode-task.ts';

/** An encoder that is trained no further, as the training of a head on its features needs it. */
export interface FrozenEncoder {
  /** By what it is found again: an encoder that needs no training, or the number of a run. */
  readonly on: RunReference;
  /** What a user calls it. */
  readonly name: string;
  /** What its features depend on; those of pictures as they are lie under it as embeddings h. */
  readonly hash: string;
  /** Side in pixels of the pictures that it takes. */
  readonly size: number;
  /** Length of its features. */
  readonly dimensions: number;
  /** Length to which its features are whitened for people to look at; null for no whitening. */
  readonly whitened: number | null;
  /** What decodes a picture to size x size RGB bytes as it takes them. */
  readonly taskOf: (path: string, hash: string) => DecodeTask;
  /** Looks, before it is used, whether it is still what `hash` names; throws where it is not. */
  readonly check: (context: JobContext) => Promise<void>;
  /** Embeds those of the pictures that have no embeddings under `hash`; leaves out what cannot be decoded. */
  readonly embed: (
    context: JobContext,
    sampleIds: Uint32Array,
    device: string,
    onProgress: (done: number) => void,
  ) => Promise<void>;
  /** The encoder compiled for a device. */
  readonly open: (device: string) => Promise<FeatureProgram>;
}

/** A frozen encoder at work; to be disposed of. */
export interface FeatureProgram {
  /** Unit rows n x dimensions of pictures, n x size x size x 3 RGB bytes; awaits `breathe` between batches. */
  readonly features: (pictures: Uint8Array, breathe: () => Promise<void>) => Promise<Float32Array>;
  readonly dispose: () => Promise<void>;
}
