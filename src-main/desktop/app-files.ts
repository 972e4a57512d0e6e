import { join } from 'node:path';

/** The paths of the built app's files. */
interface AppFiles {
  /** The Node that runs the engine. */
  readonly nodeProgram: string;
  readonly engineEntry: string;
  readonly preload: string;
  readonly pageFolder: string;
  readonly modelFolder: string;
}

/**
 * The files of the app whose main process is in `mainFolder` (`out/main`). A package has main, preload
 * and page in app.asar, and the engine with a Node of its own in `resourcesFolder`. From the sources
 * the engine is beside main, and runs on the Node that started the app (`NEGATOSCOPE_NODE`), else on
 * that of the path.
 */
export function appFiles(
  mainFolder: string,
  resourcesFolder: string,
  isPackaged: boolean,
  env: Readonly<Record<string, string | undefined>>,
): AppFiles {
  const shown = {
    preload: join(mainFolder, '../preload/preload.cjs'),
    pageFolder: join(mainFolder, '../renderer'),
  };
  if (!isPackaged) {
    return {
      ...shown,
      nodeProgram: env.NEGATOSCOPE_NODE ?? 'node',
      engineEntry: join(mainFolder, '../engine/engine-process.js'),
      modelFolder: join(mainFolder, '../../node_modules/@vladmandic/human/models'),
    };
  }
  const engine = join(resourcesFolder, 'engine');
  return {
    ...shown,
    nodeProgram: join(engine, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    engineEntry: join(engine, 'engine-process.js'),
    modelFolder: join(engine, 'models'),
  };
}
