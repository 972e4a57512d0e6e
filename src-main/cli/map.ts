import { Option, type Command } from 'commander';
import type { JobInput } from '../contract/jobs.ts';
import { mapMethod, mapMetric } from '../contract/map.ts';
import { decimalNumber, wholeNumber } from './command-line.ts';
import type { StartCommand } from './start-command.ts';

/** Adds the command `map`. */
export function addMap(program: Command, start: StartCommand): void {
  program
    .command('map')
    .description("lay a run's pictures out in two dimensions")
    .requiredOption('--run <run>', 'a run by number or name')
    .addOption(new Option('--method <name>', 'how').choices(mapMethod.options))
    .option('--neighbours <n>', "a neighbourhood's size (umap)", wholeNumber('--neighbours'))
    .option('--min-distance <d>', 'how close two may lie (umap)', decimalNumber('--min-distance'))
    .addOption(new Option('--metric <name>', 'of distances (umap)').choices(mapMetric.options))
    .option('--seed <number>', 'of the layout (umap)', wholeNumber('--seed'))
    .action(async (input: JobInput<'map'>, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const result = await line.runJob(engine, 'map', input);
        return { json: result, text: `${result.points} points, ${result.seconds.toFixed(1)} s` };
      });
    });
}
