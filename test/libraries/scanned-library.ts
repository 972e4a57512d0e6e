import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { openLibrary } from '../../src-main/engine/store/library-file.ts';
import type { Library } from '../../src-main/engine/store/library-file.ts';
import { emojiFolder } from '../contract/engine-shells.ts';
import { scan } from '../engine/pictures/scan.ts';
import { temporaryFolder, temporaryLibraryAt } from '../engine/store/temporary-library.ts';
import { madeOnce } from './made-once.ts';

const fileName = 'library.sqlite';

/**
 * A library of its own for a test, with real emoji scanned, sub-folders as labels: 12 pictures of each
 * of these classes (names of sub-folders of the fixture), all 8 classes by default. Closed and gone
 * after the test.
 */
export async function scannedLibrary(classes?: readonly string[]): Promise<Library> {
  return temporaryLibraryAt(await scannedLibraryFile(classes));
}

/** The file of such a library, not open, gone after the test. */
export async function scannedLibraryFile(classes?: readonly string[]): Promise<string> {
  const name = `scanned, ${classes?.join(' and ') ?? 'all'}`;
  const made = await madeOnce(name, (folder) => scanInto(folder, classes));
  const file = join(temporaryFolder(), fileName);
  await copyFile(join(made, fileName), file);
  return file;
}

async function scanInto(folder: string, classes: readonly string[] | undefined): Promise<void> {
  const pictures = classes === undefined ? emojiFolder : join(folder, 'emoji');
  for (const name of classes ?? []) {
    await cp(join(emojiFolder, name), join(pictures, name), { recursive: true });
  }
  let time = 0;
  const library = openLibrary(join(folder, fileName), { mode: 'write', now: () => time++ });
  await scan(library, pictures);
  library.close();
}
