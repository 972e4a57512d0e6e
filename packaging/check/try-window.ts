import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { forOrdinaryUser, giveToOrdinaryUser } from '../../test/desktop/window/ordinary-user.ts';
import { openVirtualDisplay } from '../../test/desktop/window/virtual-display.ts';
import { strangerEnvironment } from './try-commands.ts';
import type { TriedProgram } from './try-commands.ts';

const patienceMs = 120_000;

/** Why no window can be opened here, or null. */
export function windowObstacle(): string | null {
  if (process.platform !== 'linux') return 'windows are tried on Linux only';
  return spawnSync('Xvfb', ['-help']).error === undefined ? null : 'there is no Xvfb';
}

/**
 * Opens the packed app on a folder of pictures, as an ordinary user on a screen of Xvfb, and waits until
 * its page shows how many there are: main, preload, page, engine and Node are then those of the package.
 * `command` is Electron's program here.
 * @throws Error where the page does not show them
 */
export async function tryWindow(
  { command, pictures, home }: TriedProgram,
  count: number,
): Promise<void> {
  mkdirSync(home);
  giveToOrdinaryUser(home);
  chmodSync(dirname(home), 0o755);
  const display = await openVirtualDisplay();
  const program = await forOrdinaryUser(command);
  const args = ['--remote-debugging-port=0', `--user-data-dir=${home}/user`, pictures];
  const app = spawn(program, args, {
    cwd: home,
    env: { ...strangerEnvironment(home), DISPLAY: display.name },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(app.stderr));
    const [page] = browser.contexts().flatMap((context) => context.pages());
    if (page === undefined) throw new Error('The app of the package opens no window.');
    await page.getByText(`${count} pictures`).first().waitFor({ timeout: patienceMs });
    await browser.close();
  } finally {
    app.kill('SIGTERM');
    await ended;
    await display.close();
  }
}

/** Chromium writes where it can be looked into. @throws Error where the app ends before */
async function debuggingAddress(output: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(output)) {
    const [, address] = /DevTools listening on (\S+)/.exec(line) ?? [];
    if (address !== undefined) return address;
    lines.push(line);
  }
  throw new Error(`The app of the package does not start: ${lines.join('\n')}`);
}
