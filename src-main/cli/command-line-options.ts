import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import packageDescription from '../../package.json' with { type: 'json' };
import { dataFolder } from '../engine/session/default-location.ts';
import type { CommandLineOptions } from './command-line.ts';

/** The options of this process: the folders of its user and its program, and its streams. */
export function commandLineOptions(): CommandLineOptions {
  return {
    dataFolder: dataFolder(process.env),
    ...programFolders(import.meta.dirname),
    workingFolder: process.cwd(),
    now: () => Date.now(),
    version: packageDescription.version,
    stdout: process.stdout,
    stderr: process.stderr,
  };
}

/**
 * Where the program's own files are. A package has the model and the page beside the command line;
 * elsewhere the command line is two folders below the project, in src-main/cli or out/engine.
 */
export function programFolders(
  commandFolder: string,
): Pick<CommandLineOptions, 'modelFolder' | 'projectFolder' | 'pageFolder'> {
  const modelFolder = join(commandFolder, 'models');
  if (existsSync(modelFolder)) {
    return { modelFolder, projectFolder: commandFolder, pageFolder: join(commandFolder, 'page') };
  }
  const projectFolder = join(commandFolder, '../..');
  return {
    modelFolder: starterModelFolder(),
    projectFolder,
    pageFolder: join(projectFolder, 'out/renderer'),
  };
}

/** The npm package that contains the starter encoder's files. */
function starterModelFolder(): string {
  const mainFile = createRequire(import.meta.url).resolve('@vladmandic/human');
  return join(dirname(mainFile), '../models');
}
