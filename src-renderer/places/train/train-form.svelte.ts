import type { AugmentationPreset } from '../../../src-main/contract/augmentations.ts';
import { EngineError } from '../../../src-main/contract/errors.ts';
import { describeObjective } from '../../../src-main/contract/objectives/describe-objective.ts';
import type {
  ObjectiveDescription,
  ObjectiveSetting,
} from '../../../src-main/contract/objectives/describe-objective.ts';
import {
  parseObjective,
  partsAmong,
} from '../../../src-main/contract/objectives/parse-objective.ts';
import type { ObjectiveParts } from '../../../src-main/contract/objectives/parts.ts';
import type { ObjectivePreset } from '../../../src-main/contract/objectives/presets.ts';
import type { SettingValue } from '../../../src-main/contract/objectives/setting.ts';
import type { TrainableEncoder, TrainInput } from '../../../src-main/contract/runs.ts';

type Key = ObjectiveSetting['key'];
type Changes = Partial<Record<Key, SettingValue>>;

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
  #changed = $state<Partial<Record<ObjectivePreset, Changes>>>({});

  readonly description = $derived<ObjectiveDescription>(
    describeObjective(this.objective, this.#parts),
  );
  /** Why the settings cannot be trained with; empty when they can. */
  readonly problem = $derived(settingsProblem(this.objective, this.settings));

  /** What was set and what the objective still has: a default may then fit itself to the library. */
  get settings(): Record<string, SettingValue> {
    const changed: Changes = this.#changed[this.objective] ?? {};
    const own = this.description.settings.filter(({ key }) => changed[key] !== undefined);
    return Object.fromEntries(own.map(({ key }) => [key, this.valueOf(key)]));
  }

  get #parts(): Partial<ObjectiveParts> {
    return partsAmong(this.#changed[this.objective] ?? {});
  }

  valueOf(key: Key): SettingValue {
    const changed = this.#changed[this.objective]?.[key];
    const setting = this.description.settings.find((candidate) => candidate.key === key);
    return changed ?? setting?.default ?? 0;
  }

  set(key: Key, value: SettingValue): void {
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

function settingsProblem(objective: string, settings: Record<string, SettingValue>): string {
  try {
    parseObjective(objective, settings);
    return '';
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}
