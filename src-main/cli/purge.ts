import type { Command } from 'commander';
import type { StartCommand } from './start-command.ts';

/** Adds the command `purge`. */
export function addPurge(parent: Command, start: StartCommand): void {
  parent
    .command('purge')
    .description('delete runs for good that were deleted before, and free their space')
    .argument('[runs...]', 'by number or name; every deleted run if none is given')
    .action(async (runs: string[], _options: unknown, command: Command) => {
      const line = start(command);
      await line.answer('write', async (engine) => {
        const input = runs.length === 0 ? {} : { runs };
        const json = await line.runJob(engine, 'purge', input);
        const gone = `${json.runs} runs deleted for good, ${(json.bytes / 1e6).toFixed(1)} MB free`;
        return { json, text: [gone, ...json.kept].join('\n') };
      });
    });
}
