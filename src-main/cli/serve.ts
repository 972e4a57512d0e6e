import type { Command } from 'commander';
import { EngineError } from '../contract/errors/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { buildPageIfStale } from './build-page.ts';
import { wholeNumber } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { openInBrowser } from './open-in-browser.ts';
import type { StartCommand } from './start-command.ts';

interface ServeOptions {
  readonly port: number;
  readonly host: string;
}

const anyPort: ServeOptions = { port: 0, host: '127.0.0.1' };

/** Adds the command `serve`. */
export function addServe(program: Command, start: StartCommand): void {
  program
    .command('serve')
    .description('serve the explorer to a browser, until Ctrl+C')
    .option('--port <port>', 'any free port if not given', wholeNumber('--port'), anyPort.port)
    .option('--host <address>', 'who can reach it; this machine only if not given', anyPort.host)
    .action(async (options: ServeOptions, command: Command) => {
      await serveExplorer(start(command), options, { opensBrowser: false });
    });
}

/** Adds the command `open`. */
export function addOpen(program: Command, start: StartCommand): void {
  program
    .command('open')
    .description('serve the explorer and open it in a browser')
    .action(async (_options: unknown, command: Command) => {
      await serveExplorer(start(command), anyPort, { opensBrowser: true });
    });
}

/**
 * Serves the explorer on the chosen library, if any, until the process is asked to end. `link` is the
 * part of the address that says what to show, as in `compare=1,2`.
 */
export async function serveExplorer(
  line: CommandLine,
  { port, host }: ServeOptions,
  { opensBrowser, folder, link }: { opensBrowser: boolean; folder?: string; link?: string },
): Promise<void> {
  const { projectFolder, pageFolder, dataFolder, stderr } = line.options;
  await buildPageIfStale(projectFolder, pageFolder, (sentence) => stderr.write(`${sentence}\n`));
  const { startKeptServer } = await import('../server/kept-address.ts');
  const engine = await line.createEngine('write', true);
  try {
    await openFirstLibrary(line, engine, folder);
    const server = await startKeptServer(dataFolder, { engine, pageFolder, host, port });
    const url = link === undefined ? server.url : `${server.url}&${link}`;
    line.print({ json: { url, port: server.port }, text: url });
    if (opensBrowser && !(await openInBrowser(url, process.platform))) {
      stderr.write('No browser could be started here; open the address above yourself.\n');
    }
    await endOfProcess();
    await server.close();
  } finally {
    await engine.close();
  }
}

/** The explorer also starts without a library: the user chooses one there. */
async function openFirstLibrary(
  line: CommandLine,
  engine: Engine,
  folder: string | undefined,
): Promise<void> {
  const choice = line.libraryChoice(folder);
  try {
    await engine.call('library.open', choice);
  } catch (error) {
    const isFirstStart = error instanceof EngineError && error.code === 'not-found';
    if (!isFirstStart || Object.keys(choice).length > 0) throw error;
  }
  if (folder !== undefined) await engine.call('jobs.start', { kind: 'scan', input: { folder } });
}

function endOfProcess(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
}
