import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { PackageOptions } from './package-options.ts';

/**
 * Runs electron-builder, as electron-builder.yml says, on a given Electron; its messages go to standard
 * error. Returns the folder of the unpacked app.
 * @throws Error when it fails
 */
export function runBuilder(projectFolder: string, options: PackageOptions): string {
  const { electron, installers } = options;
  const args = [
    join(projectFolder, 'node_modules/electron-builder/cli.js'),
    ...targetArguments(installers),
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

function targetArguments(installers: PackageOptions['installers']): readonly string[] {
  if (installers === 'all') return [];
  if (installers.length === 0) return ['--dir'];
  const platforms: Partial<Record<NodeJS.Platform, string>> = { darwin: '--mac', win32: '--win' };
  return [platforms[process.platform] ?? '--linux', ...installers];
}

function unpackedFolder(): string {
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return `mac${suffix}`;
  return `${process.platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`;
}
