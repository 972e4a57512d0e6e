import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  electronBinary,
  electronFolder,
  electronVersion,
} from '../../src-main/cli/electron-binary.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

const names: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const program = names[process.platform] ?? 'electron';

function write(file: string, text = ''): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test('the Electron of the environment comes before that of the npm package', () => {
  const [project, given] = [temporaryFolder(), temporaryFolder()];
  const dist = join(project, 'node_modules/electron/dist');
  const env = { ELECTRON_OVERRIDE_DIST_PATH: given };
  expect(electronBinary(project, env)).toBeNull();
  write(join(dist, program));
  // What the installer has not finished is not there.
  expect(electronFolder(project, env)).toBeNull();
  write(join(project, 'node_modules/electron/path.txt'), program);
  expect(electronFolder(project, env)).toBe(dist);
  write(join(given, program));
  expect(electronBinary(project, env)).toBe(join(given, program));
  expect(electronBinary(project, { ELECTRON_OVERRIDE_DIST_PATH: '' })).toBe(join(dist, program));
  expect(electronBinary(project, {})).toBe(join(dist, program));
});

test('which Electron it is, its own file says', () => {
  const folder = temporaryFolder();
  expect(electronVersion(folder)).toBeNull();
  write(join(folder, 'version'), 'v45.4.1\n');
  expect(electronVersion(folder)).toBe('45.4.1');
});
