import { lossSettings } from './loss-settings.ts';
import { ringSettings } from './ring-settings.ts';
import type { ChoiceSetting, NumberSetting, SettingDefinition, SwitchSetting } from './setting.ts';
import { sourceSettings } from './source-settings.ts';
import { synthesisSettings } from './synthesis-settings.ts';

/** All settings of all objectives; command line, form and docs/objectives.md are made from this table. */
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

/** The checked settings of an objective; which keys exist depends on its parts. */
export type ObjectiveSettings = {
  readonly [K in SettingKey]?: ValueOf<Table[K]>;
};

/** Defaults of a preset or a source that differ from the table's. */
export type ObjectiveDefaults = ObjectiveSettings;
