import { join } from 'node:path';

/** The paths of the built app's files. */
export interface AppFiles {
  /** The Node that runs the engine. */
  readonly nodeProgram: string;
  readonly engineEntry: string;
  readonly preload: string;
  readonly pageFolder: string;
  readonly modelFolder: string;
  /** The picture of the window on Linux; elsewhere the program has its own. */
  readonly icon: string;
  /** The guide as a page, from the sources as a text, and the licences of what is in the package; a package may lack them. */
  readonly guide: string;
  readonly licences: string;
}

/**
 * The files of the app by main's own folder (`out/main`). In a package the engine is a program of its
 * own, with the Node that runs it, in `resourcesFolder`; from the sources NEGATOSCOPE_NODE names the Node.
 */
export function appFiles(
  mainFolder: string,
  resourcesFolder: string,
  isPackaged: boolean,
  env: Readonly<Record<string, string | undefined>>,
): AppFiles {
  const engineFolder = isPackaged ? join(resourcesFolder, 'engine') : join(mainFolder, '../engine');
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    nodeProgram: isPackaged ? join(engineFolder, 'bin', program) : (env.NEGATOSCOPE_NODE ?? 'node'),
    engineEntry: join(engineFolder, 'engine-process.js'),
    icon: isPackaged
      ? join(resourcesFolder, 'icon.png')
      : join(mainFolder, '../../resources/icons/256x256.png'),
    guide: isPackaged
      ? join(resourcesFolder, 'guide/guide.html')
      : join(mainFolder, '../../docs/guide.md'),
    licences: join(
      isPackaged ? resourcesFolder : join(mainFolder, '../package'),
      'THIRD-PARTY-NOTICES.txt',
    ),
    preload: join(mainFolder, '../preload/preload.cjs'),
    pageFolder: join(mainFolder, '../renderer'),
    modelFolder: isPackaged
      ? join(engineFolder, 'models')
      : join(mainFolder, '../../node_modules/@vladmandic/human/models'),
  };
}
