import { dirname } from 'node:path';
import { createEngine } from '../../src-main/engine/engine.ts';
import type { Engine } from '../../src-main/engine/engine.ts';

/** An engine on a library's file, whose other files are beside it. */
export async function openEngine(file: string): Promise<Engine> {
  const folder = dirname(file);
  const engine = createEngine({
    dataFolder: folder,
    modelFolder: folder,
    workingFolder: folder,
    now: () => Date.now(),
  });
  await engine.call('library.open', { file });
  return engine;
}
