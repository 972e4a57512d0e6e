import { losses, selections, sources } from './parts.ts';
import type { LossName, ObjectiveParts, SelectionName, SourceName } from './parts.ts';
import { presets } from './presets.ts';
import type { ObjectivePreset } from './presets.ts';
import type { ChoiceSetting, NumberSetting, SettingDefinition, SwitchSetting } from './setting.ts';
import { settingsTable } from './settings-table.ts';
import type { ObjectiveDefaults, SettingKey } from './settings-table.ts';

type PartKey = 'source' | 'selection' | 'loss';

interface SettingGroup<K extends string> {
  readonly key: K;
  /** The part of the objective that it belongs to; `parts` for the choice of the parts themselves. */
  readonly group: PartKey | 'parts';
}

/** A setting of one objective: that of the table, with the objective's default. */
export type ObjectiveSetting =
  | (NumberSetting & SettingGroup<SettingKey>)
  | (SwitchSetting & SettingGroup<SettingKey>)
  | (ChoiceSetting & SettingGroup<SettingKey | PartKey>);

export interface ObjectiveDescription extends ObjectiveParts {
  readonly title: string;
  readonly paper: string;
  readonly sentence: string;
  /** The settings of its source, its selection and its loss, then the choice of the three parts. */
  readonly settings: readonly ObjectiveSetting[];
}

/** Describes an objective with all its settings; `changes` are parts that differ from the preset's. */
export function describeObjective(
  name: ObjectivePreset,
  changes: Partial<ObjectiveParts> = {},
): ObjectiveDescription {
  const { defaults, ...preset } = presets[name];
  const { source, selection, loss } = { ...preset, ...changes };
  const parts = { source: sources[source], selection: selections[selection], loss: losses[loss] };
  const own: ObjectiveDefaults = {
    ...('defaults' in parts.source ? parts.source.defaults : {}),
    ...defaults,
  };
  const settings = (['source', 'selection', 'loss'] as const).flatMap((group) =>
    parts[group].settings.map((key: SettingKey) => settingOf(key, group, own)),
  );
  return { ...preset, source, selection, loss, settings: [...settings, ...partSettings(name)] };
}

function settingOf(key: SettingKey, group: PartKey, own: ObjectiveDefaults): ObjectiveSetting {
  const definition: SettingDefinition = settingsTable[key];
  return { ...definition, key, group, default: own[key] ?? definition.default } as ObjectiveSetting;
}

/** The choice of the parts as settings, so that form and command line offer them like the others. */
function partSettings(name: ObjectivePreset): ObjectiveSetting[] {
  const { source, selection, loss } = presets[name];
  return [
    choiceOf('source', 'Source of negatives', source, sources),
    choiceOf('selection', 'Selection', selection, selections),
    choiceOf('loss', 'Loss', loss, losses),
  ];
}

function choiceOf(
  key: PartKey,
  label: string,
  value: SourceName | SelectionName | LossName,
  parts: Readonly<Record<string, { readonly title: string; readonly sentence: string }>>,
): ObjectiveSetting {
  const entries = Object.entries(parts);
  const choices = Object.fromEntries(entries.map(([name, { sentence }]) => [name, sentence]));
  const titles = Object.fromEntries(entries.map(([name, { title }]) => [name, title]));
  const sentence = partSentences[key];
  return {
    kind: 'choice',
    key,
    group: 'parts',
    symbol: '',
    label,
    default: value,
    choices,
    titles,
    sentence,
  };
}

const partSentences: Readonly<Record<PartKey, string>> = {
  source:
    "Where the negatives come from; another than the preset's makes an objective of your own.",
  selection: 'Which of them count, and how much.',
  loss: 'How the positive is compared with them.',
};

/** Every objective with the parts of its preset. */
export const objectivePresets = Object.fromEntries(
  Object.keys(presets).map((name) => [name, describeObjective(name as ObjectivePreset)]),
) as Readonly<Record<ObjectivePreset, ObjectiveDescription>>;
