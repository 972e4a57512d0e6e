import { EngineError } from '../../../src-main/contract/errors.ts';
import {
  objectivePresets,
  parseObjectiveSettings,
  type ObjectiveDescription,
  type ObjectivePreset,
  type SettingKey,
} from '../../../src-main/contract/objective-settings.ts';
import type {
  AugmentationPreset,
  TrainableEncoder,
  TrainInput,
} from '../../../src-main/contract/runs.ts';

type Value = number | boolean;

/** The form of one training; every preset keeps the values that were set for it. */
export class TrainForm {
  name = $state('');
  encoder = $state<TrainableEncoder>('resnet8');
  objective = $state<ObjectivePreset>('simclr');
  augmentation = $state<AugmentationPreset>('simclr');
  epochs = $state(30);
  batch = $state(64);
  size = $state(32);
  learningRate = $state(0.001);
  seed = $state(1);
  device = $state('auto');
  #changed = $state<Partial<Record<ObjectivePreset, Partial<Record<SettingKey, Value>>>>>({});

  readonly description = $derived<ObjectiveDescription>(objectivePresets[this.objective]);
  /** Why the settings cannot be trained with; empty when they can. */
  readonly problem = $derived(settingsProblem(this.objective, this.settings));

  get settings(): Record<string, Value> {
    return Object.fromEntries(this.description.settings.map(({ key }) => [key, this.valueOf(key)]));
  }

  valueOf(key: SettingKey): Value {
    const changed = this.#changed[this.objective]?.[key];
    const setting = this.description.settings.find((candidate) => candidate.key === key);
    return changed ?? setting?.default ?? 0;
  }

  set(key: SettingKey, value: Value): void {
    const changed = { ...this.#changed[this.objective], [key]: value };
    this.#changed = { ...this.#changed, [this.objective]: changed };
  }

  get input(): TrainInput {
    const name = this.name.trim();
    return {
      ...(name === '' ? {} : { name }),
      encoder: this.encoder,
      objective: this.objective,
      settings: this.settings,
      augmentation: this.augmentation,
      epochs: this.epochs,
      batch: this.batch,
      size: this.size,
      learningRate: this.learningRate,
      seed: this.seed,
      device: this.device,
    };
  }
}

function settingsProblem(objective: string, settings: Record<string, Value>): string {
  try {
    parseObjectiveSettings(objective, settings);
    return '';
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}
