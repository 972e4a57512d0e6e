import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

/** The folder of a real Electron and its program, or why no window can be tried on this machine. */
export type ElectronHere =
  { readonly folder: string; readonly program: string } | { readonly obstacle: string };

/**
 * Looks for an Electron: in the folder ELECTRON_OVERRIDE_DIST_PATH, else where the npm package keeps
 * its own.
 */
export function electronHere(
  projectFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): ElectronHere {
  const folder =
    env.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectFolder, 'node_modules/electron/dist');
  const program = join(folder, programName());
  if (!existsSync(program)) {
    return {
      obstacle: `there is no Electron in ${folder}: “npx negatoscope fetch electron” gets one, or ELECTRON_OVERRIDE_DIST_PATH names a folder with one`,
    };
  }
  if (process.platform === 'linux' && !hasXvfb()) {
    return { obstacle: 'Xvfb is not installed, on whose screen the windows are opened' };
  }
  return { folder, program };
}

function programName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function hasXvfb(): boolean {
  return spawnSync('Xvfb', ['-help']).error === undefined;
}
