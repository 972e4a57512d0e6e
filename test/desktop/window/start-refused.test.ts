import { spawn, spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject, it, onTestFinished } from 'vitest';
import packageDescription from '../../../package.json' with { type: 'json' };
import { appEnvironment, newHome, startArguments } from './app-under-test.ts';

const patienceMs = 6000;

it('waits with a dialog where the folders of its user cannot be written, and does not crash', async () => {
  const { program, display } = inject('desktopApp');
  const home = await newHome();
  await chmod(home, 0o555);
  const app = spawn(program, startArguments(home), {
    cwd: '/',
    env: appEnvironment(home, display),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void app.kill('SIGKILL'));
  let written = '';
  app.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  await wait(patienceMs);
  expect([app.exitCode, app.signalCode]).toEqual([null, null]);
  expect(written).not.toMatch(/JavaScript error|Uncaught/);
});

it('says its version and how it is used where only that is asked for', async () => {
  const { program, display } = inject('desktopApp');
  const home = await newHome();
  const ask = (flag: string): string =>
    spawnSync(program, [...startArguments(home), flag], {
      ...{ env: appEnvironment(home, display), encoding: 'utf8' },
    }).stdout;
  expect(ask('--version')).toBe(`${packageDescription.version}\n`);
  expect(ask('--help')).toContain('Usage: negatoscope [FOLDER');
});
