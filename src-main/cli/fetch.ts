import { Argument } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import { downloads, fetchDownload } from './downloads.ts';
import type { StartCommand } from './start-command.ts';

/** Adds the command `fetch`. */
export function addFetch(program: Command, start: StartCommand): void {
  const names = Object.keys(downloads) as (keyof typeof downloads)[];
  program
    .command('fetch')
    .description('fetch what npm ci does not: Electron, or TensorFlow for CUDA')
    .addArgument(new Argument('<what>', 'the package').choices(names))
    .action(async (name: keyof typeof downloads, _options: unknown, command: Command) => {
      const line = start(command);
      const { projectFolder, stderr } = line.options;
      const download = downloads[name];
      if (!download.isThere(projectFolder)) {
        const say = (sentence: string): void => {
          if (!line.json) stderr.write(`${sentence}\n`);
        };
        const obstacle = await fetchDownload(download, projectFolder, say);
        if (obstacle !== null) throw new EngineError('not-found', `${obstacle}.`);
      }
      line.print({ json: { fetched: name }, text: `${download.name} is there.` });
    });
}
