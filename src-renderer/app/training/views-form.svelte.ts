import {
  augmentationPresets,
  augmentationTable,
  resolveAugmentation,
  type AugmentationKey,
  type AugmentationPreset,
} from '../../../src-main/contract/augmentations.ts';
import type { NumberSetting } from '../../../src-main/contract/objectives/setting.ts';
import { withoutKey } from './without-key.ts';
import { refusalOf } from './refusal.ts';
import type { TrainFormSnapshot } from './train-form-snapshot.ts';

type Overrides = Partial<Record<AugmentationKey, number>>;

/** How the two views of a picture are made; each preset has its own changed numbers. */
export class ViewsForm {
  /** The preset that was chosen; null for that of the objective. */
  chosen = $state<AugmentationPreset | null>(null);
  #changed = $state.raw<Partial<Record<AugmentationPreset, Overrides>>>({});
  readonly #ofObjective: () => AugmentationPreset;
  readonly preset = $derived.by<AugmentationPreset>(() => this.chosen ?? this.#ofObjective());
  readonly overrides = $derived<Overrides>(this.#changed[this.preset] ?? {});
  readonly isChanged = $derived(Object.keys(this.overrides).length > 0);
  /** Why views cannot be made so; empty when they can. */
  readonly problem = $derived(refusalOf(() => resolveAugmentation(this.preset, this.overrides)));

  /** `ofObjective` is the preset of the objective's recipe. */
  constructor(ofObjective: () => AugmentationPreset) {
    this.#ofObjective = ofObjective;
  }

  /** The preset of the objective's recipe. */
  get ofObjective(): AugmentationPreset {
    return this.#ofObjective();
  }

  /** A number of the augmentation with this preset's default. */
  settingOf(key: AugmentationKey): NumberSetting & { readonly key: AugmentationKey } {
    const preset = augmentationPresets[this.preset].settings;
    return { ...augmentationTable[key], key, default: preset[key] };
  }

  valueOf(key: AugmentationKey): number {
    return this.overrides[key] ?? augmentationPresets[this.preset].settings[key];
  }

  set(key: AugmentationKey, value: number): void {
    const others = withoutKey(this.overrides, key);
    const isDefault = value === augmentationPresets[this.preset].settings[key];
    this.#store(isDefault ? others : { ...others, [key]: value });
  }

  reset(): void {
    this.#store({});
  }

  /** The form as plain data. */
  read(): TrainFormSnapshot['views'] {
    return { chosen: this.chosen, changed: { ...this.#changed } };
  }

  write({ chosen, changed }: TrainFormSnapshot['views']): void {
    this.chosen = chosen;
    this.#changed = changed;
  }

  #store(overrides: Overrides): void {
    this.#changed = { ...this.#changed, [this.preset]: overrides };
  }
}
