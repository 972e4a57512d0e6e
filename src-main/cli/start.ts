import { parseArgs } from 'node:util';
import { CommandLine } from './command-line.ts';
import { commandLineOptions } from './command-line-options.ts';
import { exitCodeOf, reportError } from './exit-code.ts';
import { serveExplorer } from './serve.ts';
import { startDesktop } from './start-desktop.ts';

/**
 * Runs `npm start [-- FOLDER] [--library FILE] [--browser] [--fetch-electron]`: the desktop app, or the
 * browser.
 */
try {
  await start();
} catch (error) {
  reportError(error, false, process.stderr);
  process.exitCode = exitCodeOf(error);
}

async function start(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      library: { type: 'string' },
      browser: { type: 'boolean', default: false },
      'fetch-electron': { type: 'boolean', default: false },
    },
  });
  const options = commandLineOptions();
  const { library } = values;
  const line = new CommandLine(library === undefined ? {} : { library }, options);
  const [given] = positionals;
  const folder = given === undefined ? undefined : line.path(given);
  const say = (sentence: string): void => void options.stderr.write(`${sentence}\n`);
  // The desktop app itself opens the last library; another one is chosen in its window.
  const wantsBrowser = values.browser || library !== undefined;
  const obstacle = wantsBrowser
    ? null
    : await startDesktop({
        ...options,
        folder,
        fetchesElectron: values['fetch-electron'],
        env: process.env,
        say,
      });
  if (obstacle !== null)
    say(`No desktop window: ${obstacle}. Opening the same app in the browser.`);
  if (!wantsBrowser && obstacle === null) return;
  const address = { port: 0, host: '127.0.0.1' };
  await serveExplorer(line, address, {
    opensBrowser: true,
    ...(folder !== undefined && { folder }),
  });
}
