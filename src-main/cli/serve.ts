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
  /** Makes a token anew, after which the former one opens nothing. */
  readonly newToken?: boolean;
}

const anyPort: ServeOptions = { port: 0, host: '127.0.0.1' };

/** Adds the command `serve`. */
export function addServe(program: Command, start: StartCommand): void {
  program
    .command('serve')
    .description('serve the explorer to a browser, until Ctrl+C')
    .option('--port <port>', 'any free port if not given', portNumber, anyPort.port)
    .option('--host <address>', 'who can reach it; this machine only if not given', anyPort.host)
    .option('--new-token', 'make a new token: the former addresses open nothing from now on')
    .action(async (options: ServeOptions, command: Command) => {
      await serveExplorer(start(command), options, { opensBrowser: false });
    });
}

const mostPort = 65_535;

/** Reads a port from the command line. @throws EngineError bad-argument */
function portNumber(text: string): number {
  const port = wholeNumber('--port')(text);
  if (port <= mostPort) return port;
  throw new EngineError(
    'bad-argument',
    `--port takes a number from 0 to ${mostPort}, not ${port}.`,
  );
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

interface ShownExplorer {
  readonly opensBrowser: boolean;
  /** A folder of pictures to scan and show. */
  readonly folder?: string;
  /** The part of the address that says what to show, as in `compare=1,2`. */
  readonly link?: string;
}

/**
 * Serves the explorer on the chosen library, if any, until the process is asked to end. Where a server
 * has that library open, its page is opened instead.
 */
export async function serveExplorer(
  line: CommandLine,
  { port, host, newToken = false }: ServeOptions,
  shown: ShownExplorer,
): Promise<void> {
  // One that is served already is served with the former token.
  if (newToken) (await import('../server/forget-token.ts')).forgetToken(line.options.dataFolder);
  if (await isShownElsewhere(line, shown)) return;
  const { opensBrowser, folder } = shown;
  const { projectFolder, pageFolder, dataFolder, version, stderr } = line.options;
  await buildPageIfStale(projectFolder, pageFolder, (sentence) => stderr.write(`${sentence}\n`));
  const { startKeptServer } = await import('../server/kept-address.ts');
  const { announce } = await import('../server/announcement.ts');
  const { outliveErrors } = await import('../engine/outlive-errors.ts');
  const engine = await line.createEngine('write', true);
  outliveErrors(engine, (text) => stderr.write(text));
  engine.on('fault', ({ message }) => void stderr.write(`${message}\n`));
  // An address that cannot be used is told before anything about the library.
  const server = await startKeptServer(dataFolder, { engine, pageFolder, host, port });
  const withdraw = announce(dataFolder, { ...server, version });
  try {
    await openFirstLibrary(line, engine, folder);
    const url = withLink(server.url, shown);
    line.print({ json: { url, port: server.port }, text: url });
    if (opensBrowser) await showInBrowser(line, url);
    await endOfProcess();
  } finally {
    withdraw();
    await server.close();
    await engine.close();
  }
}

/**
 * Opens the page of the server that has the library open; false where none has it.
 * @throws EngineError library-in-use where there is no page to open, or none was asked for
 */
async function isShownElsewhere(line: CommandLine, shown: ShownExplorer): Promise<boolean> {
  const { client, page } = await line.findRunning(shown.folder);
  if (client === null) return false;
  try {
    const { file } = await client.call('library.status', {});
    if (page === null) {
      throw new EngineError(
        'library-in-use',
        `The library ${file} is open in the app: use its window, or close it there first.`,
      );
    }
    const url = withLink(page, shown);
    if (!shown.opensBrowser) {
      // Without its token: errors are kept in logs.
      throw new EngineError(
        'library-in-use',
        `The library ${file} is served already, at ${new URL(page).origin}: “negatoscope open” shows it.`,
      );
    }
    const { folder } = shown;
    if (folder !== undefined) await client.call('jobs.start', { kind: 'scan', input: { folder } });
    line.print({ json: { url, port: Number(new URL(url).port) }, text: url });
    await showInBrowser(line, url);
    return true;
  } finally {
    client.close();
  }
}

function withLink(url: string, { link }: ShownExplorer): string {
  return link === undefined ? url : `${url}&${link}`;
}

async function showInBrowser({ options }: CommandLine, url: string): Promise<void> {
  if (await openInBrowser(url, process.platform)) return;
  options.stderr.write('No browser could be started here; open the address above yourself.\n');
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
