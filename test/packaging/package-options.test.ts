import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageOptions } from '../../packaging/package-options.ts';
import { temporaryFolder } from '../engine/store/temporary-library.ts';

test('an Electron is named by a folder, and its version by its file or an option', () => {
  const project = temporaryFolder();
  expect(() => packageOptions([], project, {})).toThrow(
    /no Electron to package.*--electron FOLDER/,
  );
  const electron = join(project, 'electron');
  mkdirSync(electron);
  const named = ['--electron', electron];
  expect(() => packageOptions(named, project, {})).toThrow(/add --electron-version/);
  expect(packageOptions([...named, '--electron-version', '33.2.1'], project, {})).toEqual({
    electron: { folder: electron, version: '33.2.1' },
    installers: [],
    isJson: false,
  });
  writeFileSync(join(electron, 'version'), '45.4.1');
  expect(packageOptions([...named, '--installers', '--json'], project, {})).toEqual({
    electron: { folder: electron, version: '45.4.1' },
    installers: 'all',
    isJson: true,
  });
  const some = ['--installer', 'deb', '--installer', 'tar.xz'];
  expect(packageOptions([...named, ...some], project, {}).installers).toEqual(['deb', 'tar.xz']);
});
