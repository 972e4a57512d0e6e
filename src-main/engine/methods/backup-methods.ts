import { isAbsolute } from 'node:path';
import type { z } from 'zod';
import type { backedUpLibrary, Backup, BackupList } from '../../contract/backups.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { listBackups, readBackup } from '../backups/read-backup.ts';
import { rebuild } from '../backups/rebuild.ts';
import { restoreLibrary } from '../backups/restore-library.ts';
import { writeBackup } from '../backups/write-backup.ts';
import { libraryStatus } from '../session/library-status.ts';
import type { OpenLibraries } from '../session/open-libraries.ts';
import type { MethodsOf } from './method-handlers.ts';

/** Answers the methods on backups of libraries. */
export function backupMethods(libraries: OpenLibraries): MethodsOf<'backups'> {
  const list = (library: string): BackupList => {
    const folder = libraries.backupFolder(library);
    return { library, folder, backups: listBackups(folder) };
  };
  return {
    'backups.list': (which) => {
      const library = meant(libraries, which);
      // Who asks for the one that failed wants the newest that there can be.
      if (which.isWanted) salvage(libraries, library);
      return list(library);
    },
    'backups.make': async () => {
      await libraries.backUp();
      return list(meant(libraries, { isWanted: false }));
    },
    'backups.restore': async ({ backup, ...which }) => {
      const libraryFile = meant(libraries, which);
      const folder = libraries.backupFolder(libraryFile);
      const chosen =
        backup === undefined ? newestBackup(libraries, libraryFile) : readBackup(backup);
      if (libraries.current?.library.file === libraryFile) await libraries.close();
      const setAside = restoreLibrary({ libraryFile, backup: chosen.file, now: libraries.now() });
      await libraries.open(libraryFile);
      rebuild(libraries.writable());
      // A whole copy has no time but that of its file.
      const known = listBackups(folder).find(({ file }) => file === chosen.file) ?? chosen;
      return { status: libraryStatus(libraries.current), backup: known, setAside };
    },
  };
}

/** The newest backup. @throws EngineError not-found */
function newestBackup(libraries: OpenLibraries, libraryFile: string): Backup {
  salvage(libraries, libraryFile);
  const [newest] = listBackups(libraries.backupFolder(libraryFile));
  if (newest) return newest;
  throw new EngineError(
    'not-found',
    `There is no backup of ${libraryFile}. Scan the pictures into a new library.`,
  );
}

/** Makes a backup of what a damaged library still holds whole. */
function salvage(libraries: OpenLibraries, libraryFile: string): void {
  const folder = libraries.backupFolder(libraryFile);
  try {
    writeBackup({ libraryFile, folder, madeAt: libraries.now() });
  } catch (error) {
    // It is damaged where it matters, or not there: that is what backups are for.
    if (!(error instanceof EngineError)) throw error;
  }
}

/** @throws EngineError bad-argument, not-found */
function meant(
  { current, wanted }: OpenLibraries,
  { library, isWanted }: z.infer<typeof backedUpLibrary>,
): string {
  if (library !== undefined && !isAbsolute(library)) {
    throw new EngineError('bad-argument', `"${library}" is not an absolute path.`);
  }
  const open = current?.library.file ?? null;
  const file = library ?? (isWanted ? wanted : open) ?? wanted;
  if (file !== null) return file;
  throw new EngineError('not-found', 'No library was opened: name the one whose backups you want.');
}
