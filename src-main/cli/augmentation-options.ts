import { Option } from 'commander';
import type { Command } from 'commander';
import {
  augmentationPreset,
  augmentationPresets,
  augmentationTable,
} from '../contract/augmentations.ts';
import type { AugmentationOverrides } from '../contract/augmentations.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { decimalNumber } from './command-line.ts';

/** Adds the option for the preset of augmentation, and `--augment` for single numbers. */
export function addAugmentationOptions(command: Command): void {
  const presets = Object.entries(augmentationPresets)
    .map(([name, { sentence }]) => `${name} (${sentence})`)
    .join('; ');
  const numbers = Object.keys(augmentationTable).join(', ');
  command
    .addOption(
      new Option(
        '--augmentation <preset>',
        `how the two views of a picture are made, where it is not to be as in the objective's recipe: ${presets}`,
      ).choices(augmentationPreset.options),
    )
    .addOption(
      new Option(
        '--augment <key=value>',
        `a number of the augmentation instead of the preset's, may be given again: ${numbers}`,
      ).argParser((text, before?: AugmentationOverrides) => ({ ...before, ...override(text) })),
    );
}

/** The numbers that were given by `--augment`. */
export function givenOverrides(options: Readonly<Record<string, unknown>>): AugmentationOverrides {
  return (options['augment'] ?? {}) as AugmentationOverrides;
}

function override(text: string): AugmentationOverrides {
  const [key = '', value, ...rest] = text.split('=');
  if (key === '' || value === undefined || rest.length > 0) {
    throw new EngineError('bad-argument', `--augment takes key=value, not "${text}".`);
  }
  return { [key.trim()]: decimalNumber(`--augment ${key.trim()}`)(value) };
}
