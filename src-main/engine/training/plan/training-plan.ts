import { resolveAugmentation } from '../../../contract/augmentations.ts';
import type { AugmentationPreset } from '../../../contract/augmentations.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { resolveBatches } from '../../../contract/batch-drawing.ts';
import { epochsOf } from '../../../contract/epochs.ts';
import { storedEpochs } from '../../../contract/stored-checkpoints.ts';
import { fitObjective, negativesOf } from '../../../contract/objectives/fit-objective.ts';
import type { Objective } from '../../../contract/objectives/parse-objective.ts';
import { defaultAugmentation } from '../../../contract/objective-augmentations.ts';
import { defaultHead } from '../../../contract/objective-heads.ts';
import type { ProjectionHead } from '../../../contract/projection-heads.ts';
import { resolveOptimisation } from '../../../contract/optimisation.ts';
import type { Optimisation } from '../../../contract/optimisation.ts';
import { cachedViewsOf } from '../../../contract/cached-views.ts';
import { checkEncoderChoice } from '../../../contract/head-training.ts';
import { isFineTuning, takesFeatures } from '../../../contract/encoder-kinds.ts';
import { defaultSize, temperatureOf } from '../../../contract/fine-tuning.ts';
import type { TrainInput } from '../../../contract/runs.ts';
import { checkLabelUse } from '../../../contract/label-use.ts';
import { startsJudged } from '../../../contract/adapter-start.ts';
import { pairUses } from '../../../contract/pair-use.ts';
import type { PairUses } from '../../../contract/pair-use.ts';
import { checkVerdictUse } from '../../../contract/verdict-use.ts';
import { cutTuned } from '../../encoders/tuned/cut-encoder.ts';
import type { TunedBase } from '../../encoders/tuned/tuned-encoder.ts';
import type { TunedRecord } from '../../encoders/tuned/tuned-record.ts';
import { objectiveLoss } from '../../losses/objective-loss.ts';
import { whiteningOf } from '../../networks/whitened-parts.ts';
import {
  featureEncoderPlan,
  partAfterFeatures,
  pictureEncoderPlan,
} from '../../networks/trainable-encoder.ts';
import type { EncoderPlan, FrozenInput } from '../../networks/trainable-encoder.ts';
import { drawsPositives } from '../step/judged-positives.ts';
import type { BatchPlan } from '../batches/create-drawer.ts';
import type { MeetingPlace } from '../batches/different-together.ts';
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
  /** How the batches of an epoch are drawn. */
  readonly batches: BatchPlan;
  readonly epochs: number;
  readonly optimisation: Optimisation;
  readonly seed: number;
  /** What is done with held-out verdicts; the share is of the verdict groups. */
  readonly heldOut: Pick<TrainInput, 'heldOut' | 'keepEpoch' | 'patience'>;
  /** What is recorded of each anchor's negatives; null for nothing. */
  readonly ledger: LedgerSettings | null;
  /** The epochs whose weights stay in the library when later epochs are done. */
  readonly storedEpochs: ReadonlySet<number>;
  /** Whether the training begins by what it is told of pairs. */
  readonly startsJudged: boolean;
  /** The views of each picture whose features are cached; 0 for fresh views in each step. */
  readonly cachedViews: number;
  /** For fine-tuning: what is recorded of the encoder that it goes on from. */
  readonly tuned: TunedRecord | null;
}

/** The frozen features that a head is trained on, and the side of their pictures in pixels. */
interface FrozenBase extends FrozenInput {
  readonly size: number;
}

/**
 * The plan of a training: checks what a user asked for and fills in the rest. `pictures` is how many
 * there are to train on, `frozen` the features for a head, `tuned` the encoder to fine-tune.
 * @throws EngineError bad-argument for an unknown objective or setting, a value out of its range, or
 * settings that exclude each other
 */
export function planTraining(
  input: TrainInput,
  pictures = Infinity,
  frozen: FrozenBase | null = null,
  tuned: TunedBase | null = null,
): TrainingPlan {
  const { batch } = input;
  const epochs = epochsOf(input);
  const size = sizeOf(input, frozen, tuned);
  const objective = fitObjective(input.objective, input.settings, {
    ...{ batch, epochs, pictures },
    temperature: temperatureOf(input.encoder),
  });
  checkVerdictUse(input.verdicts, objective);
  checkLabelUse(input, objective);
  const uses = pairUses({ ...input, settings: objective.settings });
  checkEncoderChoice(input, objective);
  const negatives = negativesOf(objective, { batch, pictures });
  const batches = resolveBatches(input);
  const loss = objectiveLoss(objective);
  const head = input.head ?? defaultHead(input);
  const augmentation = input.augmentation ?? defaultAugmentation({ ...input, size });
  const record = tuned && tunedRecord(input, tuned);
  const judged = startsJudged(input, uses);
  const encoder = encoderOf(input, head, objective, {
    ...{ tuned, record },
    frozen: judged ? whitened(frozen) : frozen,
  });
  const cachedViews = cachedViewsOf(input);
  const stepEncoder = encoderOfSteps(encoder, { tuned, record, size, cachedViews });
  const source = createSource(objective, {
    ...{ encoder: stepEncoder, batch, pictures },
    sharesColumns: input.ledgerSize > 0 || isToldOfPairs(uses),
    drawsPositives: drawsPositives(input),
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
      encoder: stepEncoder,
      source,
      loss,
      augmentation: resolveAugmentation(augmentation, input.augmentationOverrides),
      batch,
      size,
      optimiser: createOptimiser(optimisation, encoder.specs),
      ...uses,
      groupPositives: input.groupPositives,
      knownNegatives: batches.differentRate > 0 && suspects(objective),
      recordsLedger: ledger !== null,
    },
    batches: {
      ...{ settings: batches, batch, verdicts: input.verdicts },
      meeting: meetingPlace(objective),
    },
    epochs,
    optimisation,
    seed: input.seed,
    heldOut: { heldOut: input.heldOut, keepEpoch: input.keepEpoch, patience: input.patience },
    ledger,
    storedEpochs: storedEpochs(input.keepCheckpoints, epochs),
    startsJudged: judged && isWhitened(encoder),
    cachedViews,
    tuned: record,
  };
}

function isToldOfPairs(uses: PairUses): boolean {
  return Object.values(uses).some((use) => use !== 'ignore');
}

/** Features that are whitened, because a metric is fitted to them. */
function whitened(frozen: FrozenBase | null): FrozenBase | null {
  return frozen && { ...frozen, whitening: frozen.whitening ?? whiteningOf(frozen) };
}

function isWhitened(encoder: EncoderPlan): boolean {
  const after = partAfterFeatures(encoder);
  return after !== null && after.whitening !== null;
}

/**
 * Side of the pictures: that of a frozen encoder, the chosen one, or that of what is trained.
 * @throws EngineError bad-argument for another one than a network takes
 */
function sizeOf({ size }: TrainInput, frozen: FrozenBase | null, tuned: TunedBase | null): number {
  if (tuned?.isFixedSize && size !== undefined && size !== tuned.size) {
    throw new EngineError(
      'bad-argument',
      `"${tuned.record.name}" is tuned on pictures of ${tuned.size} pixels, as it takes them, not of ${size}; leave the size out.`,
    );
  }
  return frozen?.size ?? size ?? tuned?.size ?? defaultSize;
}

/** Whether an objective leaves out, or corrects for, what it takes for false negatives. */
function suspects({ selection }: Objective): boolean {
  return selection === 'debiased' || selection === 'hard' || selection === 'cancellation';
}

/** Where two pictures must be to be negatives of each other; a bank holds every picture anyway. */
function meetingPlace({ source }: Objective): MeetingPlace | null {
  if (source === 'bank' || source === 'two-banks') return null;
  return source === 'queue' ? 'batch after batch' : 'one batch';
}

/** The chosen encoder, or two of its kind if the source takes lightness and colour apart. */
function encoderOf(
  { encoder: chosen, adapter }: TrainInput,
  head: ProjectionHead,
  { source }: Objective,
  { frozen, tuned, record }: EncoderBase,
): EncoderPlan {
  const isLab = source === 'two-banks';
  if (isFineTuning(chosen)) {
    if (!tuned || !record) throw new Error('What is fine-tuned cannot be planned without it.');
    return tuned.plan({ ...record, head, isLab });
  }
  if (takesFeatures(chosen)) {
    if (!frozen) throw new Error('A head cannot be planned without the frozen features.');
    return featureEncoderPlan(chosen, frozen, head, adapter);
  }
  return pictureEncoderPlan(isLab ? `${chosen}-lab` : chosen, head);
}

/**
 * The encoder as the steps take it: with cached views of a network it begins at its first trained layer.
 * @throws EngineError as `cutTuned`
 */
function encoderOfSteps(
  encoder: EncoderPlan,
  {
    tuned,
    record,
    size,
    cachedViews,
  }: Omit<EncoderBase, 'frozen'> & { readonly size: number; readonly cachedViews: number },
): EncoderPlan {
  if (!tuned || !record || cachedViews === 0) return encoder;
  return cutTuned(encoder, tuned, { first: record.trainFrom, size });
}

/** What an encoder is trained on, or goes on from. */
interface EncoderBase {
  readonly frozen: FrozenBase | null;
  readonly tuned: TunedBase | null;
  readonly record: TunedRecord | null;
}

function tunedRecord({ trainFrom, layerDecay, lora }: TrainInput, base: TunedBase): TunedRecord {
  return {
    ...base.record,
    ...{ trainFrom: base.firstLayer(trainFrom), layerDecay },
    ...(lora !== undefined && { lora }),
  };
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
