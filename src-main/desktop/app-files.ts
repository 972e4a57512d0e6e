import { join } from 'node:path';

/** The paths of the built app's files. */
interface AppFiles {
  readonly engineEntry: string;
  readonly preload: string;
  readonly pageFolder: string;
  readonly modelFolder: string;
}

/**
 * The files beside main's own folder (`out/main`). In a package they are in app.asar, which threads and
 * native modules cannot read. There the engine runs from the unpacked copy, and the starter encoder's
 * model is in `resourcesFolder`.
 */
export function appFiles(
  mainFolder: string,
  resourcesFolder: string,
  isPackaged: boolean,
): AppFiles {
  const unpacked = mainFolder.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  return {
    engineEntry: join(unpacked, 'engine-process.js'),
    preload: join(mainFolder, '../preload/preload.cjs'),
    pageFolder: join(mainFolder, '../renderer'),
    modelFolder: isPackaged
      ? join(resourcesFolder, 'models')
      : join(mainFolder, '../../node_modules/@vladmandic/human/models'),
  };
}
