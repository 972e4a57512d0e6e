import type { Command } from 'commander';
import { checkInput } from '../contract/check-input.ts';
import { EngineError } from '../contract/errors/errors.ts';
import { decimalNumber } from './command-line.ts';
import { pictureNames } from './picture-names.ts';
import type { StartCommand } from './start-command.ts';

interface NearDuplicatesOptions {
  readonly run: string;
  readonly threshold?: number;
}

/** Adds the command `near-duplicates`. */
export function addNearDuplicates(program: Command, start: StartCommand): void {
  program
    .command('near-duplicates')
    .description('list the pictures that a run finds nearly the same: the cheapest false negatives')
    .requiredOption('--run <run>', 'a run by number or name')
    .option(
      '--threshold <part>',
      'how near, as a part of the median distance to the nearest picture',
      decimalNumber('--threshold'),
    )
    .action(async ({ run, threshold }: NearDuplicatesOptions, command: Command) => {
      const line = start(command);
      // The job knows no threshold, so this is checked before it begins.
      checkInput('runs.nearDuplicates', { run, threshold });
      await line.answer('write', async (engine) => {
        await line.runJob(engine, 'neighbours', { run });
        const found = await engine.call('runs.nearDuplicates', { run, threshold });
        if (found === null) throw new EngineError('internal', 'No neighbours were stored.');
        const nameOf = pictureNames(await engine.call('library.samples', {}));
        const pairs = Array.from(found.distance, (distance, index) => ({
          distance,
          pair: [nameOf(found.first[index] ?? 0), nameOf(found.second[index] ?? 0)] as const,
        }));
        const groups = found.groups.map(({ pictures }) => Array.from(pictures, nameOf));
        const { median, cut } = found;
        return {
          json: { median, cut, pairs, groups },
          text: [
            ['distance', 'picture', 'other'],
            ...pairs.map(({ distance, pair: [first, second] }) => [
              distance.toFixed(5),
              first.path,
              second.path,
            ]),
          ],
        };
      });
    });
}
