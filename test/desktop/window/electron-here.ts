import { spawnSync } from 'node:child_process';
import { electronBinary, electronFolder } from '../../../src-main/cli/electron-binary.ts';

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
  const folder = electronFolder(projectFolder, env);
  const program = electronBinary(projectFolder, env);
  if (folder === null || program === null) {
    return {
      obstacle:
        'there is no Electron here: “npx negatoscope fetch electron” gets one, or ELECTRON_OVERRIDE_DIST_PATH names a folder with one',
    };
  }
  if (process.platform === 'linux' && !hasXvfb()) {
    return { obstacle: 'Xvfb is not installed, on whose screen the windows are opened' };
  }
  return { folder, program };
}

function hasXvfb(): boolean {
  return spawnSync('Xvfb', ['-help']).error === undefined;
}
