import { augmentationPresets, augmentationTable } from '../../src-main/contract/augmentations.ts';
import { optimisationRecipes } from '../../src-main/contract/optimisation.ts';
import { markdownTable } from './markdown-table.ts';
import { rangeOf } from './settings-table.ts';

/** Every way to make views, every number of it, and every recipe, from the app's own tables. */
export function trainingTables(): string {
  return [presetRows(), numberRows(), recipeRows()].join('\n\n');
}

function presetRows(): string {
  const rows = Object.entries(augmentationPresets).map(([name, { title, sentence }]) => [
    `\`${name}\``,
    `**${title}**: ${sentence}.`,
  ]);
  return markdownTable(['`--augmentation`', 'How the two views are made'], rows);
}

function numberRows(): string {
  const rows = Object.entries(augmentationTable).map(([key, setting]) => [
    `\`${key}\``,
    rangeOf(setting),
    setting.sentence,
  ]);
  return markdownTable(['`--augment key=value`', 'Range', 'What it does'], rows);
}

function recipeRows(): string {
  const rows = Object.entries(optimisationRecipes).map(([name, { title, sentence }]) => [
    `\`${name}\``,
    `**${title}**: ${sentence}`,
  ]);
  return markdownTable(['`--recipe`', 'How the weights are moved'], rows);
}
