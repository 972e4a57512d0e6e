import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';
import { listBackupFiles } from '../backups/backup-files.ts';
import { damagedSentence } from '../store/library-errors.ts';

/**
 * Opens a library by `open`. A file that was backed up as a library, and is none any more, is a damaged
 * one: SQLite takes an emptied file for a new one, and says of one without its head that it is no database.
 * @throws EngineError library-damaged, and everything that `open` throws
 */
export function damagedLibrary<T>(file: string, backupFolder: string, open: () => T): T {
  const wasLibrary = listBackupFiles(backupFolder).length > 0;
  if (wasLibrary && existsSync(file) && statSync(file).size === 0) {
    throw new EngineError('library-damaged', damagedSentence(file));
  }
  try {
    return open();
  } catch (error) {
    if (!wasLibrary || !isNoDatabase(error)) throw error;
    throw new EngineError('library-damaged', damagedSentence(file), { cause: error });
  }
}

function isNoDatabase(error: unknown): boolean {
  if (!(error instanceof EngineError) || error.code !== 'library-unreadable') return false;
  // Null where the file has the form of a database, and not that of a library.
  const { cause } = error;
  return cause instanceof Database.SqliteError
    ? cause.code === 'SQLITE_NOTADB'
    : cause === undefined;
}
