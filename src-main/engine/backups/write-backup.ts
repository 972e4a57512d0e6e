import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';
import { fileError } from '../../files/file-errors.ts';
import { makeFolder } from '../../files/replace-file.ts';
import { libraryError } from '../store/library-errors.ts';
import {
  checkPreciousTables,
  checkWholeLibrary,
  preciousTablesOf,
} from '../store/precious-tables.ts';
import { backupsToDelete, listBackupFiles, nextBackupFile } from './backup-files.ts';
import type { BackupFile } from './backup-files.ts';

export interface BackupTask {
  readonly libraryFile: string;
  /** The folder of this library's backups; it is made where necessary. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** What nobody would miss is not backed up. */
const missed = ['verdicts', 'labelEdits', 'pictureTags', 'leftOutOfTraining', 'runs', 'encoders'];
/** These rows change without anyone's doing. */
const unwatched = 'meta';

/**
 * Writes a backup of a library: a library of its own with the rows that no computation brings back. It is
 * read again and compared with what was copied before it gets its name; then older backups are deleted
 * that need not be kept. Returns the newest backup, which is a former one where nothing has changed since;
 * null where the library holds nothing that anyone would miss.
 * @throws EngineError library-damaged where the library cannot be trusted, disk-full, bad-argument
 */
export function writeBackup({ libraryFile, folder, madeAt }: BackupTask): BackupFile | null {
  const draft = join(folder, `${process.pid}.partial`);
  makeFolder(folder);
  try {
    rmSync(draft, { force: true });
    const digest = copyPrecious(libraryFile, draft);
    const [newest] = listBackupFiles(folder);
    if (digest === null || digest === newest?.digest)
      return digest === null ? null : (newest ?? null);
    saveOnDisk(draft);
    const file = nextBackupFile(folder, newest, { madeAt, digest });
    renameSync(draft, file);
    const backups = listBackupFiles(folder);
    for (const old of backupsToDelete(backups)) rmSync(old.file, { force: true });
    return backups[0] ?? null;
  } catch (error) {
    throw backupError(error, { libraryFile, folder });
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Copies the precious rows of a library into a new library file. Returns the hash of what it holds, null
 * where that is nothing.
 * @throws SqliteError SQLITE_CORRUPT where the library is damaged in these rows, and others
 */
export function copyPrecious(libraryFile: string, copy: string): string | null {
  const from = new Database(libraryFile, { readonly: true, fileMustExist: true });
  try {
    const to = new Database(copy);
    try {
      return from.transaction(() => {
        if (preciousTablesOf(from).length === 0) return null;
        checkPreciousTables(from);
        to.transaction(() => copyRows(from, to))();
        return sameRows(from, to);
      })();
    } finally {
      to.close();
    }
  } finally {
    from.close();
  }
}

function copyRows(from: Database.Database, to: Database.Database): void {
  const objects = from
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
    )
    .all();
  for (const { sql } of objects) to.exec(sql);
  // Numbers of samples, runs and jobs are not given twice.
  for (const table of [...preciousTablesOf(from), 'sqlite_sequence']) {
    const rows = from.prepare(`SELECT * FROM ${table}`).raw(true);
    const places = rows.columns().map(() => '?');
    const insert = to.prepare(`INSERT INTO ${table} VALUES (${places.join(', ')})`);
    for (const row of rows.iterate()) insert.run(...(row as unknown[]));
  }
  for (const pragma of ['application_id', 'user_version']) {
    to.pragma(`${pragma} = ${from.pragma(pragma, { simple: true }) as number}`);
  }
}

/** Reads both again, and returns the hash of what the copy holds; null where that is nothing. */
function sameRows(from: Database.Database, to: Database.Database): string | null {
  checkWholeLibrary(to);
  const tables = preciousTablesOf(from);
  for (const table of tables) {
    if (hashOf(from, [table]) === hashOf(to, [table])) continue;
    throw new Database.SqliteError(`The copy of ${table} differs.`, 'SQLITE_CORRUPT');
  }
  const held = tables.filter((table) => missed.includes(table));
  const isEmpty = held.every(
    (table) => to.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  );
  return isEmpty
    ? null
    : hashOf(
        to,
        tables.filter((table) => table !== unwatched),
      ).slice(0, 8);
}

function hashOf(db: Database.Database, tables: readonly string[]): string {
  const hash = createHash('sha256');
  for (const table of tables) {
    for (const row of db.prepare(`SELECT * FROM ${table}`).raw(true).iterate()) {
      hash.update(`${table} ${JSON.stringify(row)}\n`);
    }
  }
  return hash.digest('hex');
}

/** What went wrong in the library, or where the backup is written: their disks may be two. */
function backupError(
  error: unknown,
  { libraryFile, folder }: Pick<BackupTask, 'libraryFile' | 'folder'>,
): unknown {
  if (!(error instanceof Database.SqliteError)) return fileError(error, folder);
  if (!/^SQLITE_(FULL|READONLY|CANTOPEN)/.test(error.code)) return libraryError(error, libraryFile);
  const isFull = error.code.startsWith('SQLITE_FULL');
  return new EngineError(
    isFull ? 'disk-full' : 'bad-argument',
    `No backup of ${libraryFile} was written to ${folder}: ${isFull ? 'the disk is full' : error.message}. The library itself is as it was.`,
    { cause: error },
  );
}

/** A file whose bytes are still on their way when the power goes would be no backup. */
function saveOnDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
