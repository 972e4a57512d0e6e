import { resolveAugmentation } from '../../../contract/augmentations.ts';
import type { AugmentationPreset } from '../../../contract/augmentations.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { epochsOf } from '../../../contract/epochs.ts';
import { storedEpochs } from '../../../contract/stored-checkpoints.ts';
import { fitObjective, negativesOf } from '../../../contract/objectives/fit-objective.ts';
import type { Objective } from '../../../contract/objectives/parse-objective.ts';
import { defaultAugmentation } from '../../../contract/objective-augmentations.ts';
import { defaultHead } from '../../../contract/objective-heads.ts';
import type { ProjectionHead } from '../../../contract/projection-heads.ts';
import { resolveOptimisation } from '../../../contract/optimisation.ts';
import type { Optimisation } from '../../../contract/optimisation.ts';
import { checkEncoderChoice, takesFeatures } from '../../../contract/head-training.ts';
import type { TrainInput, TrainableEncoder } from '../../../contract/runs.ts';
import { checkVerdictUse } from '../../../contract/verdict-use.ts';
import { objectiveLoss } from '../../losses/objective-loss.ts';
import { featureEncoderPlan, pictureEncoderPlan } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan, FrozenInput } from '../../networks/trainable-encoder.ts';
import { createOptimiser } from '../optimisers/optimisers.ts';
import type { LedgerSettings } from '../ledger/ledger-recorder.ts';
import { ledgerSettings } from '../ledger/ledger-settings.ts';
import { createSource } from '../sources/create-source.ts';
import type { TrainStepPlan } from '../step/train-step-plan.ts';

/** A training with every choice made and checked. */
export interface TrainingPlan {
  readonly encoder: EncoderPlan;
  /** The preset of `step.augmentation`. */
  readonly augmentation: AugmentationPreset;
  readonly objective: Objective;
  /** How many negatives each anchor has before a selection. */
  readonly negatives: number;
  readonly step: TrainStepPlan;
  readonly epochs: number;
  readonly optimisation: Optimisation;
  readonly seed: number;
  /** What is done with held-out verdicts; the share is of the verdict groups. */
  readonly heldOut: Pick<TrainInput, 'heldOut' | 'keepEpoch' | 'patience'>;
  /** What is recorded of each anchor's negatives; null for nothing. */
  readonly ledger: LedgerSettings | null;
  /** The epochs whose weights stay in the library when later epochs are done. */
  readonly storedEpochs: ReadonlySet<number>;
}

/** The frozen features that a head is trained on, and the side of their pictures in pixels. */
interface FrozenBase extends FrozenInput {
  readonly size: number;
}

/**
 * The plan of a training: checks what a user asked for and fills in the rest. `pictures` is how many
 * there are to train on, `frozen` the features for a head.
 * @throws EngineError bad-argument for an unknown objective or setting, a value out of its range, or
 * settings that exclude each other
 */
export function planTraining(
  input: TrainInput,
  pictures = Infinity,
  frozen: FrozenBase | null = null,
): TrainingPlan {
  const { batch } = input;
  const epochs = epochsOf(input);
  const size = frozen?.size ?? input.size;
  const objective = fitObjective(input.objective, input.settings, { batch, epochs, pictures });
  checkVerdictUse(input.verdicts, objective);
  checkEncoderChoice(input, objective);
  const negatives = negativesOf(objective, { batch, pictures });
  const loss = objectiveLoss(objective);
  const head = input.head ?? defaultHead(input);
  const augmentation = input.augmentation ?? defaultAugmentation({ ...input, size });
  const encoder = encoderOf(input.encoder, head, objective, frozen);
  const source = createSource(objective, {
    ...{ encoder, batch, pictures },
    sharesColumns: input.ledgerSize > 0 || input.verdicts !== 'ignore',
  });
  const hasNegatives = objective.loss !== 'vicreg';
  const ledger = ledgerSettings(hasNegatives ? input.ledgerSize : 0, loss, negatives);
  const optimisation = resolveOptimisation(input, { ...input, epochs, pictures });
  return {
    encoder,
    augmentation,
    objective,
    negatives,
    step: {
      encoder,
      source,
      loss,
      augmentation: resolveAugmentation(augmentation, input.augmentationOverrides),
      batch,
      size,
      optimiser: createOptimiser(optimisation, encoder.specs),
      verdicts: input.verdicts,
      recordsLedger: ledger !== null,
    },
    epochs,
    optimisation,
    seed: input.seed,
    heldOut: { heldOut: input.heldOut, keepEpoch: input.keepEpoch, patience: input.patience },
    ledger,
    storedEpochs: storedEpochs(input.keepCheckpoints, epochs),
  };
}

/** The chosen encoder, or two of its kind if the source takes lightness and colour apart. */
function encoderOf(
  chosen: TrainableEncoder,
  head: ProjectionHead,
  { source }: Objective,
  frozen: FrozenBase | null,
): EncoderPlan {
  if (takesFeatures(chosen)) {
    if (!frozen) throw new Error('A head cannot be planned without the frozen features.');
    return featureEncoderPlan(chosen, frozen, head);
  }
  return pictureEncoderPlan(source === 'two-banks' ? `${chosen}-lab` : chosen, head);
}

/**
 * Checks that there are enough pictures for one batch.
 * @throws EngineError too-few-pictures with both numbers
 */
export function refuseTooFewPictures(pictures: number, batch: number): void {
  if (pictures >= batch) return;
  throw new EngineError(
    'too-few-pictures',
    `This library has ${pictures} pictures, but a batch takes ${batch}; add pictures or choose a batch of at most ${pictures}.`,
  );
}
