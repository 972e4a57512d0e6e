import type { AugmentationSettings } from '../../../contract/augmentations.ts';
import type { PairUse } from '../../../contract/pair-use.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { Loss } from '../../losses/loss.ts';
import type { Optimiser } from '../optimisers/optimiser.ts';
import type { TrainingSource } from '../sources/training-source.ts';

/** Everything that determines the graph of one training step. */
export interface TrainStepPlan {
  readonly encoder: EncoderPlan;
  /** Where negatives come from. */
  readonly source: TrainingSource;
  /** Which negatives count, and the loss that compares them with the positive. */
  readonly loss: Loss;
  readonly augmentation: AugmentationSettings;
  /** Pictures per step. */
  readonly batch: number;
  /** Side in pixels of the pictures that the encoder, or the frozen encoder before it, takes. */
  readonly size: number;
  readonly optimiser: Optimiser;
  /** How verdicts on pairs of pictures are used. */
  readonly verdicts?: PairUse;
  /**
   * With `attract`, the probability that a picture's positive is one that was judged the same as it; 0 if
   * left out.
   */
  readonly groupPositives?: number;
  /** Whether the loss asks which columns were judged different; left out, it does not. */
  readonly knownNegatives?: boolean;
  /** How the labels that the training is given are used. */
  readonly labels?: PairUse;
  /** The most labels that it is given of one picture; 1 where left out. */
  readonly givenSlots?: number;
  /** Whether each step records its pushes for the ledger (`ledgerOutputs`). */
  readonly recordsLedger?: boolean;
  /** The most labels that a picture has, for the ledger; 1 where left out. */
  readonly labelSlots?: number;
}
