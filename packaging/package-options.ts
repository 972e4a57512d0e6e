import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { electronFolder, electronVersion } from '../src-main/cli/electron-binary.ts';

/** What `npm run package` was asked for. */
export interface PackageOptions {
  /** Electron's unpacked files, and their version. */
  readonly electron: { readonly folder: string; readonly version: string };
  /** The installers that are made too, by electron-builder's names of them; all of electron-builder.yml for 'all'. */
  readonly installers: readonly string[] | 'all';
  readonly isJson: boolean;
}

/**
 * Reads `[--electron FOLDER] [--electron-version VERSION] [--installers] [--installer NAME]… [--json]`.
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
      installer: { type: 'string', multiple: true, default: [] },
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
    installers: values.installers ? 'all' : values.installer,
    isJson: values.json,
  };
}
