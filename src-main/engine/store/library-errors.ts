import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';

/** An error of SQLite as a sentence about the library file; any other error is returned unchanged. */
export function libraryError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const failure = describe(error.code, file);
  if (failure === null) return error;
  return new EngineError(failure.code, failure.sentence, { cause: error });
}

interface Failure {
  code: 'library-unreadable' | 'library-in-use' | 'library-full' | 'library-damaged';
  sentence: string;
}

function describe(sqliteCode: string, file: string): Failure | null {
  // Extended codes have a suffix: SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR.
  const kind = /^SQLITE_[A-Z]+/.exec(sqliteCode)?.[0];
  if (kind === 'SQLITE_BUSY' || kind === 'SQLITE_LOCKED') {
    return {
      code: 'library-in-use',
      sentence: `The library ${file} is in use by another process; close it there and try again.`,
    };
  }
  if (kind === 'SQLITE_CORRUPT') {
    return { code: 'library-damaged', sentence: damagedSentence(file) };
  }
  if (kind === 'SQLITE_FULL') {
    return {
      code: 'library-full',
      sentence: `The disk that holds the library ${file} is full; free some space and try again. Nothing saved before was lost.`,
    };
  }
  const sentence = kind === undefined ? undefined : unreadable[kind]?.(file);
  return sentence === undefined ? null : { code: 'library-unreadable', sentence };
}

/** What to do about a library whose pages are damaged. */
export function damagedSentence(file: string): string {
  return `The library ${file} is damaged. Nothing was deleted: restore a backup of it (“Backups…” in the app, or the command "restore"), which brings back what you judged and named; the rest is computed from the pictures again.`;
}

const unreadable: Readonly<Record<string, (file: string) => string>> = {
  SQLITE_NOTADB: (file) =>
    `${file} is not a Negatoscope library: it is not an SQLite file. Choose another file; this one was left as it is.`,
  SQLITE_IOERR: (file) =>
    `The library ${file} could not be read or written: the disk reported an error.`,
  SQLITE_READONLY: (file) =>
    `The library ${file} cannot be written: you have no permission to change the file or its folder.`,
  SQLITE_PERM: (file) => `You have no permission to open the library ${file}.`,
  SQLITE_CANTOPEN: (file) => {
    if (!existsSync(dirname(file))) {
      return `The library ${file} cannot be opened: the folder ${dirname(file)} does not exist.`;
    }
    if (!existsSync(file)) {
      return `The library ${file} cannot be opened: there is no such file; scan a folder to make one, where you may write.`;
    }
    return `The library ${file} cannot be opened: you have no permission to read and write it and its folder.`;
  },
};
