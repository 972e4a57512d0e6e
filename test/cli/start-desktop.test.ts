import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDesktop } from '../../src-main/cli/start-desktop.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

/** A project whose Electron package has its installer, which leaves a mark, and no program. */
function projectWithoutElectron(): { projectFolder: string; mark: string } {
  const projectFolder = temporaryFolder();
  const mark = join(projectFolder, 'installed');
  const electron = join(projectFolder, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(
    join(electron, 'install.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '');`,
  );
  return { projectFolder, mark };
}

const start = (projectFolder: string, fetchesElectron: boolean, display = ':0') =>
  startDesktop({
    projectFolder,
    folder: undefined,
    fetchesElectron,
    env: { DISPLAY: display },
    say: () => undefined,
  });

test('without Electron’s program nothing is fetched, and the sentence says how to have it', async () => {
  const { projectFolder, mark } = projectWithoutElectron();
  expect(await start(projectFolder, false)).toMatch(/npm start -- --fetch-electron/);
  expect(existsSync(mark)).toBe(false);
});

test('it is fetched where the user asks for it, and only where there is a display', async () => {
  const { projectFolder, mark } = projectWithoutElectron();
  if (process.platform === 'linux') {
    expect(await start(projectFolder, true, '')).toMatch(/no display/);
    expect(existsSync(mark)).toBe(false);
  }
  expect(await start(projectFolder, true)).toMatch(/could not be fetched/);
  expect(existsSync(mark)).toBe(true);
});

test.skipIf(process.platform !== 'linux')(
  'the Electron that the environment names is started, and told the Node for its engine',
  async () => {
    const [projectFolder, electron] = [temporaryFolder(), temporaryFolder()];
    const told = join(projectFolder, 'told');
    writeFileSync(
      join(electron, 'electron'),
      `#!/bin/sh\nprintf '%s\\n' "$NEGATOSCOPE_NODE" "$@" > ${told}\n`,
      { mode: 0o755 },
    );
    const obstacle = await startDesktop({
      projectFolder,
      folder: '/pictures',
      fetchesElectron: false,
      env: { DISPLAY: ':0', PATH: process.env.PATH, ELECTRON_OVERRIDE_DIST_PATH: electron },
      say: () => undefined,
    });
    expect(obstacle).toBeNull();
    expect(readFileSync(told, 'utf8').trim().split('\n')).toEqual([
      process.execPath,
      projectFolder,
      '/pictures',
    ]);
  },
);
