import { Option } from 'commander';
import type { Command } from 'commander';
import { EngineError } from '../contract/errors.ts';
import { verdictKind } from '../contract/verdicts.ts';
import type { JudgedPicture, VerdictKind } from '../contract/verdicts.ts';
import type { StartCommand } from './program.ts';

interface VerdictOptions {
  readonly pair: readonly string[];
  readonly verdict?: VerdictKind;
  readonly remove?: boolean;
  readonly note?: string;
  readonly run?: string;
}

export function addVerdict(program: Command, start: StartCommand): void {
  program
    .command('verdict')
    .description('say whether two pictures show the same thing')
    .requiredOption('--pair <pictures...>', 'two pictures by path or content hash')
    .addOption(new Option('--verdict <verdict>', 'what they are').choices(verdictKind.options))
    .addOption(new Option('--remove', 'take the verdict back').conflicts('verdict'))
    .option('--note <text>', 'why')
    .option('--run <run>', 'the run that made you look')
    .action(async ({ verdict, remove, note, run, ...options }: VerdictOptions, self: Command) => {
      const line = start(self);
      const pair = pairOf(options.pair);
      await line.answer('write', async (engine) => {
        if (remove === true) {
          const removed = await engine.call('verdicts.remove', { pair });
          return { json: removed, text: removed.removed ? 'removed' : 'there was no verdict' };
        }
        if (verdict === undefined) {
          throw new EngineError('bad-argument', 'Give --verdict or --remove.');
        }
        const json = await engine.call('verdicts.set', { pair, verdict, note, run });
        return { json, text: `${json.pair.map(nameOf).join(' and ')}: ${json.verdict}` };
      });
    });
}

export function addVerdicts(program: Command, start: StartCommand): void {
  program
    .command('verdicts')
    .description('list verdicts, the groups they make, and contradictions')
    .action(async (_options: unknown, command: Command) => {
      const line = start(command);
      await line.answer('read', async (engine) => {
        const verdicts = await engine.call('verdicts.list', {});
        const { groups, conflicts } = await engine.call('verdicts.groups', {});
        const rows = verdicts.map(({ pair, verdict, note, time }) => [
          verdict,
          nameOf(pair[0]),
          nameOf(pair[1]),
          time,
          note,
        ]);
        return {
          json: { verdicts, groups, conflicts },
          text: [
            ['verdict', 'picture', 'other', 'time', 'note'],
            ...rows,
            ...conflicts.map(({ sentence }) => ['conflict', sentence]),
          ],
        };
      });
    });
}

function pairOf([first, second, ...more]: readonly string[]): [string, string] {
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  throw new EngineError('bad-argument', '--pair takes exactly two pictures.');
}

function nameOf({ hash, path }: JudgedPicture): string {
  return path ?? hash.slice(0, 12);
}
