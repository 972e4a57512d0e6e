import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library } from '../../src-main/engine/store/library-file.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { scan } from '../engine/pictures/scan.ts';
import { temporaryFolder, temporaryLibrary } from '../engine/store/temporary-library.ts';

/** Four classes of real emoji, 12 pictures each: every second one in `train`, the others in `val`. */
export const splitClasses = ['animal-bird', 'food-fruit', 'musical-instrument', 'transport-ground'];

/** The folder of such pictures, as `train/class/…` and `val/class/…`; gone after the test. */
export async function splitFolder(): Promise<string> {
  const folder = temporaryFolder();
  for (const name of splitClasses) {
    for (const split of ['train', 'val']) {
      await mkdir(join(folder, split, name), { recursive: true });
    }
    const files = (await readdir(join(emojiFolder, name))).sort();
    for (const [index, file] of files.entries()) {
      const split = index % 2 === 0 ? 'train' : 'val';
      await cp(join(emojiFolder, name, file), join(folder, split, name, file));
    }
  }
  return folder;
}

/** A library of its own for a test with these pictures scanned: classes as labels, and both splits. */
export async function splitLibrary(): Promise<Library> {
  const library = temporaryLibrary();
  await scan(library, await splitFolder());
  return library;
}
