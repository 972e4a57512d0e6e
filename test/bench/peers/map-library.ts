import { join } from 'node:path';
import { commandLineOptions } from '../../../src-main/cli/command-line-options.ts';
import { buildPageIfStale } from '../../../src-main/cli/build-page.ts';
import { fillLibrary } from '../filled-library.ts';
import type { Sizes } from './work.ts';

/** Writes a library of made-up pictures that are embedded and on the map. */
export function writeFilledLibrary(folder: string, sizes: Sizes): Promise<void> {
  const [pictures, dimensions] = [sizes['pictures'] ?? NaN, sizes['dimensions'] ?? NaN];
  fillLibrary(join(folder, 'library.sqlite'), pictures, dimensions);
  return Promise.resolve();
}

/** The same, and the page that `serve` shows, which is built where it is older than its sources. */
export async function writeServedLibrary(folder: string, sizes: Sizes): Promise<void> {
  await writeFilledLibrary(folder, sizes);
  const { projectFolder, pageFolder } = commandLineOptions();
  await buildPageIfStale(projectFolder, pageFolder, () => undefined);
}
