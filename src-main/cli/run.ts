import type { Command } from 'commander';
import type { MethodInput } from '../contract/methods.ts';
import type { RunSummary } from '../contract/runs.ts';
import type { CommandOutput } from './command-line.ts';
import { addPurge } from './purge.ts';
import type { StartCommand } from './start-command.ts';

const oneRun = ['<run>', 'a run by number or name'] as const;
const someTags = ['<tags...>', 'words'] as const;

/** Adds `run rename`, `run note` and the other commands that change a run. */
export function addRun(program: Command, start: StartCommand): void {
  const run = program
    .command('run')
    .description('rename, note, tag, archive, delete or restore a run');
  addDescribing(run, start);
  addRemoving(run, start);
  addPurge(run, start);
}

function addDescribing(parent: Command, start: StartCommand): void {
  const change = (command: Command, changes: MethodInput<'runs.update'>): Promise<void> =>
    start(command).answer('write', async (engine) =>
      described(await engine.call('runs.update', changes)),
    );
  parent
    .command('rename')
    .description('give a run another name')
    .argument(...oneRun)
    .argument('<name>', 'a name that no other run has')
    .action((run: string, name: string, _options: unknown, command: Command) =>
      change(command, { run, name }),
    );
  parent
    .command('note')
    .description('write a note on a run, which replaces the earlier one')
    .argument(...oneRun)
    .argument('<text>', 'the note; "" for none')
    .action((run: string, note: string, _options: unknown, command: Command) =>
      change(command, { run, note }),
    );
  parent
    .command('tag')
    .description('give a run tags')
    .argument(...oneRun)
    .argument(...someTags)
    .action((run: string, addTags: string[], _options: unknown, command: Command) =>
      change(command, { run, addTags }),
    );
  parent
    .command('untag')
    .description('take tags from a run')
    .argument(...oneRun)
    .argument(...someTags)
    .action((run: string, removeTags: string[], _options: unknown, command: Command) =>
      change(command, { run, removeTags }),
    );
  for (const [name, archived, description] of [
    ['archive', true, 'put a run aside: lists and pickers leave it out'],
    ['unarchive', false, 'take a run back into lists and pickers'],
  ] as const) {
    parent
      .command(name)
      .description(description)
      .argument(...oneRun)
      .action((run: string, _options: unknown, command: Command) =>
        change(command, { run, archived }),
      );
  }
}

function addRemoving(parent: Command, start: StartCommand): void {
  parent
    .command('delete')
    .description('delete a run; it can be restored until it is purged')
    .argument(...oneRun)
    .action((run: string, _options: unknown, command: Command) =>
      start(command).answer('write', async (engine) => {
        const deleted = await engine.call('runs.delete', { run });
        const undo = `run restore ${deleted.run} brings it back, run purge frees its space`;
        return {
          ...described(deleted),
          text: `run ${deleted.run} (${deleted.name}) deleted: ${undo}`,
        };
      }),
    );
  parent
    .command('restore')
    .description('bring a deleted run back')
    .argument(...oneRun)
    .option('--name <name>', 'its name from now on')
    .action((run: string, { name }: { name?: string }, command: Command) =>
      start(command).answer('write', async (engine) => {
        const restored = await engine.call('runs.restore', { run, name });
        return { ...described(restored), text: `run ${restored.run} is back as ${restored.name}` };
      }),
    );
}

function described({ run, name, note, tags, archived, deleted }: RunSummary): CommandOutput {
  const marks = [...tags.map((tag) => `#${tag}`), ...(archived ? ['archived'] : [])];
  return {
    json: { run, name, note, tags, archived, deleted },
    text: [`run ${run}: ${name}`, marks.join(' '), note].filter((line) => line !== '').join('\n'),
  };
}
