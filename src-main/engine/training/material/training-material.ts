import type { Embedded } from '../../encoders/trained/embedder.ts';
import type { ViewFeeder } from '../step/step-views.ts';
import type { TrainStepPlan } from '../step/train-step-plan.ts';
import type { FlatWeights } from '../../checkpoints/encoder-weights.ts';
import type { KnownRows } from './judged-metric.ts';

/**
 * The library's pictures in the form that a training's encoder takes: pixels for a network, frozen
 * features for a head or adapter.
 */
export interface TrainingMaterial {
  /** The part of the job's time that `prepare` takes, about, 0 to 1; known once it is called. */
  readonly preparedShare: number;
  /** Length of h. */
  readonly featureLength: number;
  /**
   * Computes what the pictures need before the first step, and gives those that worked. `onProgress`
   * takes the part done, 0 to 1, and a message.
   */
  readonly prepare: (
    sampleIds: Uint32Array,
    onProgress: (share: number, message: string) => void,
  ) => Promise<Uint32Array>;
  /**
   * Computes those of the encoder's statistics that depend on the pictures, and on what is known of them by
   * their rows, before the first step; what it gives writes them into the flat statistics. `onProgress` takes the
   * part done, 0 to 1, and may throw to stop.
   */
  readonly startStatistics: (
    sampleIds: Uint32Array,
    known: KnownRows | null,
    onProgress: (done: number) => Promise<void>,
  ) => Promise<(statistics: Float32Array) => void>;
  /** Gives the views of each step. */
  readonly views: ViewFeeder;
  /** The most different views of a picture that there are. */
  readonly mostViews: number;
  /** Gives views of prepared pictures to another plan of the same encoder and augmentation. */
  readonly viewsOf: (plan: TrainStepPlan) => ViewFeeder;
  /** h and z of prepared pictures without augmentation. */
  readonly embed: (
    weights: FlatWeights,
    sampleIds: Uint32Array,
    yieldToEvents: () => Promise<void>,
  ) => Promise<Embedded>;
  /**
   * Alignment of h between two views of each picture, the same views in every run (`commonViews`); null
   * if there are too few pictures.
   */
  readonly alignment: (weights: FlatWeights, sampleIds: Uint32Array) => Promise<number | null>;
  /** Stores h and z of all present pictures in the library. */
  readonly embedPresent: (
    weights: FlatWeights,
    weightsHash: string,
    onProgress: (done: number, total: number) => void,
  ) => Promise<void>;
  readonly dispose: () => Promise<void>;
}
