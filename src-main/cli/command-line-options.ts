import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import packageDescription from '../../package.json' with { type: 'json' };
import { dataFolder } from '../engine/session/default-location.ts';
import type { CommandLineOptions } from './command-line.ts';

/** The options of this process: the folders of its user and its project, and its streams. */
export function commandLineOptions(): CommandLineOptions {
  const projectFolder = join(import.meta.dirname, '../..');
  return {
    dataFolder: dataFolder(process.env),
    modelFolder: starterModelFolder(),
    projectFolder,
    pageFolder: join(projectFolder, 'out/renderer'),
    workingFolder: process.cwd(),
    now: () => Date.now(),
    version: packageDescription.version,
    stdout: process.stdout,
    stderr: process.stderr,
  };
}

/** The npm package that contains the starter encoder's files. */
function starterModelFolder(): string {
  const mainFile = createRequire(import.meta.url).resolve('@vladmandic/human');
  return join(dirname(mainFile), '../models');
}
