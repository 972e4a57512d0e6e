import { Option } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import {
  optimisationChoice,
  optimisationRecipes,
  optimiserName,
  recipeName,
  scheduleName,
} from '../contract/optimisation.ts';
import type { OptimisationChoice } from '../contract/optimisation.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';

const recipes = Object.values(optimisationRecipes)
  .map(({ title }) => title)
  .join(', ');

/** Adds an option for each choice of the optimisation. */
export function addOptimisationOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--recipe <recipe>',
        `a paper's way to train: ${recipes} (default: the objective’s)`,
      ).choices(recipeName.options),
    )
    .addOption(
      new Option(
        '--optimiser <optimiser>',
        'how weights are moved (default: the recipe’s)',
      ).choices(optimiserName.options),
    )
    .option(
      '--learning-rate <number>',
      "the optimiser's step (default: the recipe’s)",
      decimalNumber('--learning-rate'),
    )
    .option(
      '--momentum <number>',
      'share of the last step that is added to the next one (default: the recipe’s)',
      decimalNumber('--momentum'),
    )
    .option('--nesterov', "Nesterov's momentum (default: the recipe’s)")
    .option('--no-nesterov', 'without --nesterov')
    .option(
      '--weight-decay <number>',
      'L2 in the gradient (default: the recipe’s)',
      decimalNumber('--weight-decay'),
    )
    .option(
      '--decay-exclusion',
      'leave biases and batch norm out of weight decay (default: the recipe’s)',
    )
    .option('--no-decay-exclusion', 'without --decay-exclusion')
    .addOption(
      new Option(
        '--schedule <schedule>',
        'what becomes of the learning rate (default: the recipe’s)',
      ).choices(scheduleName.options),
    )
    .option(
      '--warmup-epochs <count>',
      'epochs in which the learning rate rises from 0 (default: the recipe’s)',
      wholeNumber('--warmup-epochs'),
    )
    .option(
      '--milestones <shares>',
      'shares of the run where the schedule step falls to a tenth, such as 0.6,0.8 (default: the recipe’s)',
      numbersOf('--milestones'),
    );
}

/** The given choices of the optimisation. */
export function givenOptimisation(options: Readonly<Record<string, unknown>>): OptimisationChoice {
  const keys = Object.keys(optimisationChoice.shape);
  return Object.fromEntries(keys.flatMap((key) => (key in options ? [[key, options[key]]] : [])));
}

function numbersOf(option: string): (text: string) => number[] {
  const numberOf = decimalNumber(option);
  return (text) => {
    if (text.trim() === '') {
      throw new EngineError('bad-argument', `${option} takes numbers with commas between.`);
    }
    return text.split(',').map(numberOf);
  };
}
