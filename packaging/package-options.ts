import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { electronFolder, electronVersion } from '../src-main/cli/electron-binary.ts';

/** What `npm run package` was asked for. */
export interface PackageOptions {
  /** Electron's unpacked files, and their version. */
  readonly electron: { readonly folder: string; readonly version: string };
  /** Whether installers are made too, as electron-builder.yml lists them. */
  readonly makesInstallers: boolean;
  readonly isJson: boolean;
}

/**
 * Reads `[--electron FOLDER] [--electron-version VERSION] [--installers] [--json]`.
 * @throws Error where no Electron is found, or its version is not known
 */
export function packageOptions(
  args: readonly string[],
  projectFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): PackageOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      electron: { type: 'string' },
      'electron-version': { type: 'string' },
      installers: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { electron: given } = values;
  const folder = given === undefined ? electronFolder(projectFolder, env) : resolve(given);
  if (folder === null || !existsSync(folder)) {
    throw new Error(
      'There is no Electron to package: “npx negatoscope fetch electron” brings it, or name its folder by --electron FOLDER.',
    );
  }
  const version = values['electron-version'] ?? electronVersion(folder);
  if (version === null) {
    throw new Error(`No file says which Electron is in ${folder}: add --electron-version.`);
  }
  return {
    electron: { folder, version },
    makesInstallers: values.installers,
    isJson: values.json,
  };
}
