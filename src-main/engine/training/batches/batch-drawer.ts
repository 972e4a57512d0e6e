import type { Random } from '../../numeric/random.ts';
import type { StateArray } from '../sources/training-source.ts';

/** What of a training's state the batches of its next epoch follow from. */
export interface DrawnFrom {
  /** The pictures of the training. */
  readonly sampleIds: Uint32Array;
  readonly arrays: Readonly<Record<string, StateArray>>;
  /** Epochs done. */
  readonly epoch: number;
}

/** The batches of one epoch. */
export interface EpochBatches {
  /** The sample ids of each step's pictures, all of one length. */
  readonly batches: readonly Uint32Array[];
  /** The arrays of the state that later epochs are drawn from. */
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/**
 * Draws the batches of a training, epoch by epoch. What it draws follows from the state and `random`
 * alone, so that a training that goes on sees the batches that it would have seen.
 */
export interface BatchDrawer {
  readonly draw: (state: DrawnFrom, random: Random) => Promise<EpochBatches>;
}
