import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Backup } from '../../contract/backups.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import { checkIsLibrary } from '../store/migrate.ts';
import { checkWholeLibrary, preciousTablesOf } from '../store/precious-tables.ts';
import { listBackupFiles } from './backup-files.ts';

/** The backups in a folder that can be read, the newest first. */
export function listBackups(folder: string): Backup[] {
  return listBackupFiles(folder).flatMap(({ file, madeAt }) => {
    try {
      return [{ ...readBackup(file), madeAt }];
    } catch (error) {
      // A damaged backup is no choice; the one before it is.
      if (error instanceof EngineError) return [];
      throw error;
    }
  });
}

/**
 * Checks every page of a backup, or of a whole copy of a library, and counts what it holds.
 * @throws EngineError not-found, library-unreadable, library-damaged, library-newer
 */
export function readBackup(file: string): Backup {
  if (!existsSync(file)) {
    throw new EngineError('not-found', `There is no backup ${file}: choose another one.`);
  }
  const { size, mtimeMs } = statSync(file);
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      checkIsLibrary(db, file);
      checkWholeLibrary(db);
      return { file, bytes: size, madeAt: Math.floor(mtimeMs), ...countsOf(db) };
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new EngineError(
      'library-damaged',
      `The backup ${file} cannot be used (${error.message}): choose another one.`,
      { cause: error },
    );
  }
}

function countsOf(db: Database.Database): Pick<Backup, 'verdicts' | 'labels' | 'runs'> {
  const tables = preciousTablesOf(db);
  const count = (table: string): number =>
    tables.includes(table)
      ? (db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number)
      : 0;
  return {
    verdicts: count('verdicts'),
    labels: count('labelEdits') + count('pictureTags') + count('leftOutOfTraining'),
    runs: count('runs'),
  };
}
