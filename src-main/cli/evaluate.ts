import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import type { SplitScores } from '../contract/runs.ts';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

interface EvaluateOptions {
  readonly run: string;
  readonly k?: number;
  readonly train?: string[];
  readonly test?: string[];
}

/** Adds the command `evaluate`. */
export function addEvaluate(program: Command, start: StartCommand): void {
  program
    .command('evaluate')
    .description('score a run by the labels of the pictures')
    .requiredOption('--run <run>', 'a run by number or name')
    .option('--k <count>', 'neighbours that vote', wholeNumber('--k'))
    .option('--train <split...>', 'splits whose pictures vote and are learned from')
    .option('--test <split...>', 'splits that are tested (usual names where both are left out)')
    .action(async ({ run, k, ...options }: EvaluateOptions, command: Command) => {
      const line = start(command);
      const splits = splitsOf(options);
      await line.answer('write', async (engine) => {
        const scores = await line.runJob(engine, 'evaluate', { run, k, splits });
        return {
          json: scores,
          text: [
            ['kNN', 'linear', 'alignment', 'uniformity', 'false negatives'],
            [
              decimals(scores.knn, 3),
              decimals(scores.linear, 3),
              decimals(scores.alignment, 3),
              decimals(scores.uniformity, 3),
              decimals(scores.falseNegativeRate, 3),
            ],
            ...(scores.split === null ? [] : [describeSplit(scores.split)]),
          ],
        };
      });
    });
}

function splitsOf({ train, test }: Pick<EvaluateOptions, 'train' | 'test'>) {
  if (train === undefined && test === undefined) return undefined;
  if (train !== undefined && test !== undefined) return { train, test };
  throw new EngineError('bad-argument', 'Give --train and --test together.');
}

function describeSplit({ train, test, ...scores }: SplitScores): string[] {
  return [
    decimals(scores.knn, 3),
    decimals(scores.linear, 3),
    `on ${test.join(', ')} (${scores.testPictures} pictures), learned from ${train.join(', ')} (${scores.trainPictures})`,
  ];
}
