import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import { browseFolders } from '../pictures/browse-folders.ts';
import { moveFolder } from '../pictures/move-folder.ts';
import { libraryStatus } from '../session/library-status.ts';
import { libraryOfFolder } from '../session/library-of-folder.ts';
import { recentLibraries } from '../session/recent-libraries.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import { listDuplicates } from '../store/duplicates.ts';
import { listBlank, listNotes } from '../store/picture-remarks.ts';
import { listSkips } from '../store/skips.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on the library and its folders. */
export function libraryMethods(libraries: OpenLibraries): MethodsOf<'library'> {
  return {
    'library.status': () => libraryStatus(libraries.current),
    'library.open': async (wanted) => {
      const file = await wantedFile(libraries, wanted);
      await libraries.open(file, wanted.folder === undefined ? null : resolve(wanted.folder));
      return libraryStatus(libraries.current);
    },
    'library.moveFolder': async ({ from, to }) => {
      const session = libraries.writable();
      if (!isAbsolute(to))
        throw new EngineError('bad-argument', `"${to}" is not an absolute path.`);
      await moveFolder(session.library, from, to);
      libraries.tellChanged(session);
      return libraryStatus(session);
    },
    'library.recent': () => recentLibraries(libraries.dataFolder),
    'library.samples': () => libraries.opened().samples(),
    'library.duplicates': () => listDuplicates(libraries.opened().library),
    'library.blank': () => listBlank(libraries.opened().library),
    'library.notes': () => listNotes(libraries.opened().library),
    'library.skips': () => listSkips(libraries.opened().library),
  };
}

/**
 * The library file that is meant: the given one, that of the given picture folder, or the last one
 * used.
 */
async function wantedFile(
  { dataFolder, libraryFolder }: OpenLibraries,
  { file, folder }: { file?: string | undefined; folder?: string | undefined },
): Promise<string> {
  const path = file ?? folder;
  if (path === undefined) {
    const [last] = recentLibraries(dataFolder);
    if (last && !existsSync(last.file)) {
      throw new EngineError(
        'library-unreadable',
        `The library that was used last, ${last.file}, is not there any more: open another one, or put it back.`,
      );
    }
    if (last) return last.file;
    throw new EngineError('not-found', 'No library was used yet: scan a folder of pictures first.');
  }
  if (!isAbsolute(path)) {
    throw new EngineError('bad-argument', `"${path}" is not an absolute path.`);
  }
  if (file !== undefined) return file;
  const libraryFile = libraryOfFolder(path, dataFolder, libraryFolder);
  if (!existsSync(libraryFile)) await checkFolderExists(path);
  return libraryFile;
}

/** A mistyped folder must not create an empty library. */
async function checkFolderExists(folder: string): Promise<void> {
  try {
    await browseFolders(folder);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError('bad-picture-folder', error.message, { cause: error });
  }
}
