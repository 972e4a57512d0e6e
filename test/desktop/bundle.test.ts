import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emojiFolder } from '../contract/engine-shells.ts';

const projectFolder = join(import.meta.dirname, '../..');

let folder: string;

/** Builds as `npm run build` does, into a folder of this test's own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'negatoscope-bundle-'));
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  vi.stubEnv('BUILD_FOLDER', join(folder, 'out'));
  await build({ root: projectFolder, logLevel: 'error' });
  vi.unstubAllEnvs();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function bundled(...args: string[]): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(folder, 'out/main/cli.js'), ...args, '--json'],
    { env: { ...process.env, NEGATOSCOPE_HOME: join(folder, 'home') }, encoding: 'utf8' },
  );
  expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

describe('the build', () => {
  it('holds what Electron loads: main, a CommonJS preload and the page', async () => {
    const preload = await readFile(join(folder, 'out/preload/preload.cjs'), 'utf8');
    expect(preload).toContain('require("electron")');
    expect(preload.match(/require\(/g)).toHaveLength(1);
    for (const file of ['main/main.js', 'main/engine-process.js', 'renderer/index.html']) {
      expect(existsSync(join(folder, 'out', file))).toBe(true);
    }
  });

  it('scans, embeds and lays out a map with its bundled workers', () => {
    expect(bundled('scan', emojiFolder)).toMatchObject({ images: 96 });
    expect(bundled('embed', '--encoder', 'pixels')).toMatchObject({ embedded: 96 });
    expect(bundled('map', '--run', 'pixels')).toMatchObject({ points: 96 });
  });
});
