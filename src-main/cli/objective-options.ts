import { Option } from 'commander';
import type { Command } from 'commander';
import { describeObjective } from '../contract/objectives/describe-objective.ts';
import type { ObjectiveSetting } from '../contract/objectives/describe-objective.ts';
import { partsAmong } from '../contract/objectives/parse-objective.ts';
import { parseObjectivePreset } from '../contract/objectives/presets.ts';
import { settingFlag } from '../contract/objectives/setting.ts';
import type { SettingDefinition, SettingValue } from '../contract/objectives/setting.ts';
import { settingsTable } from '../contract/objectives/settings-table.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { unknownSettingSentence } from '../contract/objectives/unknown-setting.ts';
import { decimalNumber } from './command-line.ts';

const settings = Object.entries<SettingDefinition>(settingsTable);

/**
 * Adds an option for each of the settings, or for all of them if none are named; its help is symbol and
 * sentence, and `whose` value is taken where it is left out.
 */
export function addSettingOptions(command: Command, whose: string, keys?: readonly string[]): void {
  for (const [key, setting] of settings) {
    if (keys?.includes(key) === false) continue;
    const flag = `--${settingFlag(key)}`;
    const help = `${setting.symbol}: ${setting.sentence} (default: ${whose})`;
    if (setting.kind === 'number') {
      command.addOption(new Option(`${flag} <number>`, help).argParser(decimalNumber(flag)));
    } else if (setting.kind === 'choice') {
      const names = Object.keys(setting.choices);
      command.addOption(new Option(`${flag} <name>`, help).choices(names));
    } else {
      const negated = flag.replace('--', '--no-');
      command.addOption(new Option(flag, help)).addOption(new Option(negated, `without ${flag}`));
    }
  }
}

/** Adds an option for every setting of the objectives, and `--set`. */
export function addObjectiveOptions(command: Command): void {
  addSettingOptions(command, 'the objective’s');
  const help =
    'any setting by its name, also source, selection and loss; may be given again and again';
  command.addOption(
    new Option('--set <key=value>', help).argParser(
      (text, given: readonly string[] | undefined) => [...(given ?? []), text],
    ),
  );
}

/**
 * The given settings by their keys: from their own options, and from `--set`.
 * @throws EngineError bad-argument for a `--set` that is not key=value, whose key the objective does
 * not have, or whose value has the wrong type
 */
export function givenSettings(
  objective: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, SettingValue> {
  const pairs = (options['set'] as readonly string[] | undefined) ?? [];
  return { ...givenFlags(options), ...settingsOfPairs(objective, pairs) };
}

/** The settings that were given by their own options, by their keys. */
export function givenFlags(
  options: Readonly<Record<string, unknown>>,
): Record<string, SettingValue> {
  const flags = settings.flatMap(([key]) => {
    const value = options[key];
    return value === undefined ? [] : [[key, value as SettingValue] as const];
  });
  return Object.fromEntries(flags);
}

function settingsOfPairs(
  objective: string,
  pairs: readonly string[],
): Record<string, SettingValue> {
  const texts = Object.fromEntries(pairs.map(keyAndValue));
  const preset = parseObjectivePreset(objective);
  const { settings: own } = describeObjective(preset, partsAmong(texts));
  const names = own.map(({ key }) => key);
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => {
      const setting = own.find((candidate) => candidate.key === key);
      if (setting) return [key, valueOf(setting, text)];
      throw refused(unknownSettingSentence(preset, key, names));
    }),
  );
}

function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  throw refused(`--set takes key=value, as in --set temperature=0.2, not "${pair}".`);
}

function valueOf(setting: ObjectiveSetting, text: string): SettingValue {
  if (setting.kind === 'number') return decimalNumber(`--set ${setting.key}`)(text);
  if (setting.kind === 'choice') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  throw refused(`--set ${setting.key} takes true or false, not "${text}".`);
}

function refused(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
