import { Option } from 'commander';
import type { Command } from 'commander';
import { objectivePresets, settingFlag } from '../contract/objective-settings.ts';
import type { ObjectiveSetting } from '../contract/objective-settings.ts';
import { decimalNumber } from './command-line.ts';

/** Every setting of every objective, once: as the first objective that has it describes it. */
const settings: readonly ObjectiveSetting[] = Object.values(objectivePresets)
  .flatMap(({ settings: own }): readonly ObjectiveSetting[] => own)
  .filter(({ key }, place, all) => all.findIndex((other) => other.key === key) === place);

/** Adds an option for each setting of the objectives, with its symbol and sentence as help. */
export function addObjectiveOptions(command: Command): void {
  for (const setting of settings) {
    const flag = `--${settingFlag(setting.key)}`;
    const help = `${setting.symbol}: ${setting.sentence}`;
    if (setting.kind === 'number') {
      command.addOption(new Option(`${flag} <number>`, help).argParser(decimalNumber(flag)));
    } else {
      const negated = flag.replace('--', '--no-');
      command.addOption(new Option(flag, help)).addOption(new Option(negated, `without ${flag}`));
    }
  }
}

/** The settings that were given, by their keys. */
export function givenSettings(
  options: Readonly<Record<string, unknown>>,
): Record<string, number | boolean> {
  return Object.fromEntries(
    settings.flatMap(({ key }) => {
      const value = options[key];
      return typeof value === 'number' || typeof value === 'boolean' ? [[key, value]] : [];
    }),
  );
}
