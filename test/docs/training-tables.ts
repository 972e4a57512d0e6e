import { augmentationPresets, augmentationTable } from '../../src-main/contract/augmentations.ts';
import { augmentationsOf, smallPictures } from '../../src-main/contract/objective-augmentations.ts';
import { defaultHead } from '../../src-main/contract/objective-heads.ts';
import { presets } from '../../src-main/contract/objectives/presets.ts';
import { defaultRecipe, optimisationRecipes } from '../../src-main/contract/optimisation.ts';
import { projectionHeads } from '../../src-main/contract/projection-heads.ts';
import { markdownTable } from './markdown-table.ts';
import { rangeOf } from './settings-table.ts';

/** Every way to make views, every number of it, and every recipe, from the app's own tables. */
export function trainingTables(): string {
  return [objectiveRows(), headRows(), presetRows(), numberRows(), recipeRows()].join('\n\n');
}

/** What each objective is trained with where nothing else is chosen. */
function objectiveRows(): string {
  const rows = Object.keys(presets).map((objective) => {
    const { small, large } = augmentationsOf(objective);
    const head = defaultHead({ objective, encoder: 'resnet8' });
    const recipe = defaultRecipe({ objective, batch: 64, epochs: 10_000, pictures: 100_000 });
    const views = small === large ? `\`${small}\`` : `\`${small}\`, \`${large}\``;
    return [`\`${objective}\``, views, `\`${head}\``, `\`${recipe}\``];
  });
  const sizes = `\`--augmentation\` (up to ${smallPictures} px, above)`;
  return markdownTable(['`--objective`', sizes, '`--head`', '`--recipe` of a long training'], rows);
}

function headRows(): string {
  const rows = Object.entries(projectionHeads).map(([name, { title, sentence }]) => [
    `\`${name}\``,
    `**${title}**: ${sentence}.`,
  ]);
  return markdownTable(['`--head`', 'How z is made of h'], rows);
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
