import { statSync } from 'node:fs';
import { listFolders } from '../store/folders.ts';
import type { Library } from '../store/library-file.ts';

/** Whether there is a folder at this absolute path. */
export function isFolderThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The path of the first folder of the library that is not there any more; null where all are there. */
export function firstGoneFolder(library: Library): string | null {
  return listFolders(library).find(({ path }) => !isFolderThere(path))?.path ?? null;
}

/** What is to be done about a folder of a library that is not there any more. */
export function goneSentence(path: string): string {
  return `The folder ${path} is not there any more. If it was moved, choose where it is now, in the Library or by "negatoscope scan NEW-PLACE --moved-from ${path}"; else put it back.`;
}
