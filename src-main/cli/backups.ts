import type { Command } from 'commander';
import type { BackupList } from '../contract/backups.ts';
import type { EngineClient } from '../contract/client.ts';
import { EngineError } from '../contract/errors/errors.ts';
import type { CommandLine, CommandOutput } from './command-line.ts';
import type { StartCommand } from './start-command.ts';

const head = ['made', 'verdicts', 'labels', 'runs', 'kB', 'file'];

/** Adds the command `backups`. */
export function addBackups(program: Command, start: StartCommand): void {
  program
    .command('backups')
    .description('list the backups of what people said, named and set in the library')
    .action(async (_options: unknown, command: Command) => {
      const line = start(command);
      await withLibrary(line, 'read', async (engine, library) => {
        const json = await engine.call('backups.list', { library });
        return { json, text: tableOf(json) };
      });
    });
}

/** Adds the command `backup`. */
export function addBackup(program: Command, start: StartCommand): void {
  program
    .command('backup')
    .description('back the library up now; with a file, copy the whole of it there')
    .argument('[file]', 'where a whole copy is written, with thumbnails, vectors and weights')
    .option('--force', 'replace the file if it is there')
    .action(
      async (
        file: string | undefined,
        { force = false }: { force?: boolean },
        command: Command,
      ) => {
        const line = start(command);
        await line.answer('write', async (engine) => {
          if (file === undefined) {
            const json = await engine.call('backups.make', {});
            return { json, text: tableOf(json) };
          }
          const input = { file: line.path(file), overwrite: force };
          const json = await line.runJob(engine, 'copyLibrary', input);
          const size = (json.bytes / 1e6).toFixed(1);
          return { json, text: `Copied and checked: ${json.file}, ${size} MB` };
        });
      },
    );
}

/** Adds the command `restore`. */
export function addRestore(program: Command, start: StartCommand): void {
  program
    .command('restore')
    .description('put a backup in the place of a library, which is kept under another name')
    .argument('[backup]', 'the file of a backup or of a whole copy; the newest backup if not given')
    .action(async (backup: string | undefined, _options: unknown, command: Command) => {
      const line = start(command);
      await withLibrary(line, 'write', async (engine, library) => {
        const chosen = backup === undefined ? {} : { backup: line.path(backup) };
        const json = await engine.call('backups.restore', { library, ...chosen });
        const { verdicts, labels, runs, madeAt } = json.backup;
        const text = [
          `${library} is the backup of ${timeText(madeAt)} again: ${verdicts} verdicts, ${labels} labels and marks, ${runs} runs.`,
          ...(json.setAside === null ? [] : [`What was there is kept: ${json.setAside}`]),
          ...json.status.folders.map(({ path }) => `Next: negatoscope scan "${path}"`),
        ];
        return { json, text: text.join('\n') };
      });
    });
}

/**
 * Asks about a library that may not open: the engine that has it, or one of this process, in which no
 * library is open.
 */
async function withLibrary(
  line: CommandLine,
  mode: 'read' | 'write',
  ask: (engine: EngineClient, library: string) => Promise<CommandOutput>,
): Promise<void> {
  const library = await line.libraryFile();
  if (library === undefined) {
    throw new EngineError('not-found', 'No library was used yet: name one by --library.');
  }
  const { client } = await line.findRunning(undefined);
  if (client !== null) {
    try {
      line.print(await ask(client, library));
    } finally {
      client.close();
    }
    return;
  }
  const engine = await line.createEngine(mode);
  try {
    line.print(await ask(engine, library));
  } finally {
    await engine.close();
  }
}

function tableOf({ backups, folder }: BackupList): CommandOutput['text'] {
  if (backups.length === 0) return `There is no backup yet in ${folder}.`;
  const rows = backups.map(({ madeAt, verdicts, labels, runs, bytes, file }) => [
    timeText(madeAt),
    ...[verdicts, labels, runs, Math.ceil(bytes / 1000)].map(String),
    file,
  ]);
  return [head, ...rows];
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
