import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { fileError } from '../../files/file-errors.ts';
import { libraryError } from '../store/library-errors.ts';
import { LibraryLock } from '../store/library-lock.ts';
import { timeStamp } from './backup-files.ts';

interface RestoreTask {
  readonly libraryFile: string;
  /** A backup that was read and found good. */
  readonly backup: string;
  /** Milliseconds since 1970; it names the file that is set aside. */
  readonly now: number;
}

/** The files of a library; the log may hold what the file does not yet. */
const endings = ['', '-wal', '-shm'];

/**
 * Puts a backup in the place of a library that is not open, and keeps that under another name, which is
 * returned; null where there was none. Where the disk is full, nothing changes.
 * @throws EngineError library-in-use, disk-full, bad-argument
 */
export function restoreLibrary({ libraryFile, backup, now }: RestoreTask): string | null {
  const draft = `${libraryFile}.restored`;
  let lock: LibraryLock | null = null;
  try {
    mkdirSync(dirname(libraryFile), { recursive: true });
    lock = new LibraryLock(libraryFile);
    copyFileSync(backup, draft);
    const aside = nameAside(libraryFile, now);
    const isThere = existsSync(libraryFile);
    for (const ending of endings) {
      if (existsSync(`${libraryFile}${ending}`)) {
        renameSync(`${libraryFile}${ending}`, `${aside}${ending}`);
      }
    }
    renameSync(draft, libraryFile);
    return isThere ? aside : null;
  } catch (error) {
    throw fileError(libraryError(error, libraryFile), libraryFile);
  } finally {
    rmSync(draft, { force: true });
    lock?.release();
  }
}

/** As `cats.damaged-20261130T181500Z.sqlite`; with a number where two are restored in one second. */
function nameAside(libraryFile: string, now: number): string {
  const ending = extname(libraryFile);
  const stem = libraryFile.slice(0, libraryFile.length - ending.length);
  const base = `${stem}.damaged-${timeStamp(now)}`;
  for (let number = 1; ; number++) {
    const name = `${base}${number === 1 ? '' : `-${number}`}${ending}`;
    if (!existsSync(name)) return name;
  }
}
