import type { Command } from 'commander';
import { wholeNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';

interface NeighboursOptions {
  readonly run: string;
  readonly anchor: string;
  readonly k?: number;
}

/** Adds the command `neighbours`. */
export function addNeighbours(program: Command, start: StartCommand): void {
  program
    .command('neighbours')
    .description('list the pictures that a run finds most similar to one')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--anchor <picture>', 'a picture by path or content hash')
    .option('-k <count>', 'how many', wholeNumber('-k'))
    .action(async ({ run, anchor: reference, k }: NeighboursOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const found = await engine.call('anchor.neighbours', { run, anchor: reference, k });
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const neighbours = Array.from(found.ids, (id, rank) => ({
          ...nameOf(id),
          similarity: found.similarities[rank] ?? 0,
        }));
        const { hash, path, label } = found.anchor;
        return {
          json: { anchor: { hash, path, label }, neighbours },
          text: [
            ['similarity', 'path'],
            ...neighbours.map((row) => [row.similarity.toFixed(4), row.path]),
          ],
        };
      });
    });
}
