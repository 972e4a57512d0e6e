import type { Embedded } from '../../encoders/trained/embedder.ts';
import type { ViewFeeder } from '../step/step-views.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';

/** Pictures of which two views are compared. */
export const alignedPictures = 512;

/**
 * What a training is made of: the library's pictures as its encoder takes them. Pixels for a network
 * of pictures, frozen features for a head.
 */
export interface TrainingMaterial {
  /** The share of the job's time that `prepare` takes, about. */
  readonly preparedShare: number;
  /** Length of h. */
  readonly featureLength: number;
  /** Makes pictures ready; gives those that could be. `onProgress` takes the share done and a message. */
  readonly prepare: (
    sampleIds: Uint32Array,
    onProgress: (share: number, message: string) => void,
  ) => Promise<Uint32Array>;
  /** Puts into the encoder's statistics, before the first step, what they hold of the pictures from the start. */
  readonly fillStatistics: (statistics: Float32Array, sampleIds: Uint32Array) => void;
  /** What each step is fed. */
  readonly views: ViewFeeder;
  /** h and z of pictures that are ready, as they are. */
  readonly embed: (
    weights: FlatWeights,
    sampleIds: Uint32Array,
    yieldToEvents: () => Promise<void>,
  ) => Promise<Embedded>;
  /** Alignment of h between two views of each picture; null where there are too few pictures. */
  readonly alignment: (
    weights: FlatWeights,
    sampleIds: Uint32Array,
    seed: number,
  ) => Promise<number | null>;
  /** Keeps h and z of all present pictures in the library. */
  readonly embedPresent: (
    weights: FlatWeights,
    weightsHash: string,
    onProgress: (done: number, total: number) => void,
  ) => Promise<void>;
  readonly dispose: () => Promise<void>;
}
