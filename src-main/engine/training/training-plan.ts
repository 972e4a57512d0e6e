import { EngineError } from '../../contract/errors.ts';
import { parseObjectivePreset, parseObjectiveSettings } from '../../contract/objective-settings.ts';
import type { ObjectivePreset, ObjectiveSettings } from '../../contract/objective-settings.ts';
import type { TrainInput } from '../../contract/runs.ts';
import { trainableEncoders } from '../encoders/trainable-encoder.ts';
import type { EncoderPlan } from '../encoders/trainable-encoder.ts';
import { selections } from '../objectives/selections.ts';
import { augmentationSettings } from './augmentation-settings.ts';
import { adam } from './optimisers/adam.ts';
import type { TrainStepPlan } from './train-step.ts';

/** A training with every choice made and checked. */
export interface TrainingPlan {
  readonly encoder: EncoderPlan;
  readonly preset: ObjectivePreset;
  readonly settings: ObjectiveSettings;
  /** The objective's scalars for this batch. */
  readonly scalars: Readonly<Record<string, number>>;
  readonly step: TrainStepPlan;
  readonly epochs: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** SimCLR's and HCL's weight decay under Adam. */
const weightDecay = 1e-6;

/**
 * Checks what a user asked for and fills in the rest.
 * @throws EngineError bad-argument for an unknown objective or setting, or one out of its range
 */
export function planTraining(input: TrainInput): TrainingPlan {
  const preset = parseObjectivePreset(input.objective);
  const settings = parseObjectiveSettings(preset, input.settings);
  const selection = selections[preset];
  const encoder = trainableEncoders[input.encoder];
  const { batch, size } = input;
  return {
    encoder,
    preset,
    settings,
    scalars: selection.scalars(settings, 2 * (batch - 1)),
    step: {
      encoder,
      selection,
      augmentation: augmentationSettings[input.augmentation],
      batch,
      size,
      optimiser: adam({ rate: weightDecay, excluding: null }),
    },
    epochs: input.epochs,
    learningRate: input.learningRate,
    seed: input.seed,
  };
}

/**
 * Says that a batch cannot be filled.
 * @throws EngineError too-few-pictures naming both numbers
 */
export function refuseTooFewPictures(pictures: number, batch: number): void {
  if (pictures >= batch) return;
  throw new EngineError(
    'too-few-pictures',
    `This library has ${pictures} pictures, but a batch takes ${batch}; add pictures or choose a batch of at most ${pictures}.`,
  );
}
