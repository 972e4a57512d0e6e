import type { Command } from 'commander';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';
import { decimals } from './text-table.ts';

/** Adds the command `evaluate`. */
export function addEvaluate(program: Command, start: StartCommand): void {
  program
    .command('evaluate')
    .description('score a run by the labels of the pictures')
    .requiredOption('--run <run>', 'a run by number or name')
    .option('--k <count>', 'neighbours that vote', wholeNumber('--k'))
    .action(async ({ run, k }: { run: string; k?: number }, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const scores = await line.runJob(engine, 'evaluate', { run, k });
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
          ],
        };
      });
    });
}
