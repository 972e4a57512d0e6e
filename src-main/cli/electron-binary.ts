import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's program within its unpacked folder. */
const program = programs[process.platform] ?? 'electron';

/**
 * The folder of Electron's unpacked files: the one that ELECTRON_OVERRIDE_DIST_PATH names, as for the
 * npm package `electron`, else that package's own; null where Electron's program is in neither.
 */
export function electronFolder(
  projectFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const given = env.ELECTRON_OVERRIDE_DIST_PATH ?? '';
  if (given !== '' && existsSync(join(given, program))) return given;
  const ofPackage = join(projectFolder, 'node_modules/electron');
  const own = join(ofPackage, 'dist');
  // Its installer writes path.txt last: without it, what is there may be a half.
  const isThere = existsSync(join(ofPackage, 'path.txt')) && existsSync(join(own, program));
  return isThere ? own : null;
}

/** The path of Electron's program, or null where it is not on this machine. */
export function electronBinary(
  projectFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const folder = electronFolder(projectFolder, env);
  return folder === null ? null : join(folder, program);
}

/** The version of the Electron in a folder of its unpacked files, or null where no file says it. */
export function electronVersion(folder: string): string | null {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
}
