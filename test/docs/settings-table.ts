import { describeObjective } from '../../src-main/contract/objectives/describe-objective.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../src-main/contract/objectives/presets.ts';
import { settingFlag } from '../../src-main/contract/objectives/setting.ts';
import type { SettingDefinition } from '../../src-main/contract/objectives/setting.ts';
import { settingsTable as settings } from '../../src-main/contract/objectives/settings-table.ts';
import { markdownTable } from './markdown-table.ts';

/** Every objective and every setting as Markdown, from the tables that the app itself uses. */
export function settingsTable(): string {
  return `${objectiveRows()}\n\n${settingRows()}`;
}

function objectiveRows(): string {
  const head = ['Objective', 'Source', 'Selection', 'Loss', 'What it does', 'Its settings'];
  const rows = (Object.keys(presets) as ObjectivePreset[]).map((name) => {
    const { title, paper, sentence, ...own } = describeObjective(name);
    const defaults = own.settings
      .filter(({ group }) => group !== 'parts')
      .map((setting) => `\`${setting.key}\` ${String(setting.default)}`);
    const parts = [own.source, own.selection, own.loss];
    return [`\`${name}\``, ...parts, `**${title}**, ${paper}. ${sentence}`, defaults.join(', ')];
  });
  return markdownTable(head, rows);
}

function settingRows(): string {
  const head = ['Setting', 'Symbol', 'Range', 'What it does'];
  const rows = Object.entries<SettingDefinition>(settings).map(([key, setting]) => [
    `\`--${settingFlag(key)}\``,
    setting.symbol,
    rangeOf(setting),
    setting.sentence,
  ]);
  return markdownTable(head, rows);
}

/** The values that a setting takes, as an interval or a list. */
export function rangeOf(setting: SettingDefinition): string {
  if (setting.kind === 'switch') return 'true, false';
  if (setting.kind === 'choice') return Object.keys(setting.choices).join(', ');
  const { above, atLeast, below, atMost } = setting.valid;
  const low = above === undefined ? `[${atLeast ?? '−∞'}` : `(${above}`;
  const high = below === undefined ? (atMost === undefined ? '∞)' : `${atMost}]`) : `${below})`;
  return `${low}, ${high}`;
}
