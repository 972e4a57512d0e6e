import { lossSettings } from './loss-settings.ts';
import { ringSettings } from './ring-settings.ts';
import type { ChoiceSetting, NumberSetting, SettingDefinition, SwitchSetting } from './setting.ts';
import { sourceSettings } from './source-settings.ts';
import { synthesisSettings } from './synthesis-settings.ts';

/** Every setting of every objective, once: command line, form and docs/objectives.md are made from this. */
export const settingsTable = {
  ...lossSettings,
  ...ringSettings,
  ...sourceSettings,
  ...synthesisSettings,
};

type Table = typeof settingsTable;
export type SettingKey = keyof Table;

type ValueOf<S extends SettingDefinition> = S extends NumberSetting
  ? number
  : S extends SwitchSetting
    ? boolean
    : S extends ChoiceSetting
      ? Extract<keyof S['choices'], string>
      : never;

/** The settings of an objective, validated; which keys are there depends on its parts. */
export type ObjectiveSettings = {
  readonly [K in SettingKey]?: ValueOf<Table[K]>;
};

/** Defaults of a preset or a source that are not the table's. */
export type ObjectiveDefaults = ObjectiveSettings;
