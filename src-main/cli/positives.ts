import type { Command } from 'commander';
import type { StartCommand } from './start-command.ts';

interface PositivesOptions {
  readonly run: string;
  readonly device?: string;
}

/** Adds the command `positives`. */
export function addPositives(program: Command, start: StartCommand): void {
  program
    .command('positives')
    .description(
      'measure how similar a trained run finds the views of each picture, as a training does at its end; for runs of earlier versions',
    )
    .requiredOption('--run <run>', 'a run by number or name')
    .option('--device <device>', 'auto, cpu, webgpu, cuda …')
    .action(async ({ run, device }: PositivesOptions, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'positives', { run, device });
        const { pictures, views, mean, spread } = result;
        return {
          json: result,
          text: `${pictures} pictures, ${views} views of each: s+ ${mean.toFixed(4)} (spread of a picture’s views ${spread.toFixed(4)}).`,
        };
      });
    });
}
