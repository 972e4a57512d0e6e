import type { Command } from 'commander';
import { wholeNumber } from './command-line.ts';
import type { StartCommand } from './program.ts';

export function addMap(program: Command, start: StartCommand): void {
  program
    .command('map')
    .description("lay a run's pictures out in two dimensions")
    .requiredOption('--run <run>', 'a run by number or name')
    .option('--seed <number>', 'of the layout', wholeNumber('--seed'))
    .action(async ({ run, seed }: { run: string; seed?: number }, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'map', { run, seed });
        return { json: result, text: `${result.points} points, ${result.seconds.toFixed(1)} s` };
      });
    });
}
