import type { Command } from 'commander';
import { wholeNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';

interface SearchOptions {
  readonly run: string;
  readonly text: string;
  readonly k?: number;
}

/** Adds the command `search`. */
export function addSearch(program: Command, start: StartCommand): void {
  program
    .command('search')
    .description('list the pictures that a run of a CLIP or SigLIP encoder finds most like a text')
    .requiredOption('--run <run>', 'a run by number or name')
    .requiredOption('--text <text>', 'what the pictures should show')
    .option('-k <count>', 'how many', wholeNumber('-k'), 15)
    .action(async ({ run, text, k }: SearchOptions, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const { ids, similarities, cut } = await engine.call('search.text', { run, text, k });
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const pictures = Array.from(ids, (id, rank) => ({
          ...nameOf(id),
          similarity: similarities[rank] ?? 0,
        }));
        const rows = pictures.map(({ similarity, path }) => [similarity.toFixed(4), path]);
        const note = cut ? [[`Only the first ${cut.read} of ${cut.tokens} tokens were read.`]] : [];
        return { json: { text, cut, pictures }, text: [['similarity', 'path'], ...rows, ...note] };
      });
    });
}
