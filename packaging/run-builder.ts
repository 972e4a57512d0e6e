import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { PackageOptions } from './package-options.ts';

/**
 * Runs electron-builder, as electron-builder.yml says, on a given Electron; its messages go to standard
 * error. Returns the folder of the unpacked app.
 * @throws Error when it fails
 */
export function runBuilder(projectFolder: string, options: PackageOptions): string {
  const { electron, makesInstallers } = options;
  const args = [
    join(projectFolder, 'node_modules/electron-builder/cli.js'),
    ...(makesInstallers ? [] : ['--dir']),
    `--config.electronDist=${electron.folder}`,
    `--config.electronVersion=${electron.version}`,
    '--publish=never',
  ];
  const { status } = spawnSync(process.execPath, args, {
    cwd: projectFolder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`electron-builder failed (${status ?? 'ended by a signal'}).`);
  return join(projectFolder, 'release', unpackedFolder());
}

function unpackedFolder(): string {
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return `mac${suffix}`;
  return `${process.platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`;
}
