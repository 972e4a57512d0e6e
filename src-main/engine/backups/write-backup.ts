import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
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
/** This value changes without anyone's doing. */
const unwatched = 'crashes';
const partialEnding = '.partial';
const digestLength = 8;

/**
 * Writes a backup of a library: a library of its own with the rows that no computation brings back. It is
 * read again and compared with what was copied before it gets its name; then older backups are deleted
 * that need not be kept. Returns the newest backup, which is a former one where nothing has changed since;
 * null where the library holds nothing that anyone would miss.
 * @throws EngineError library-damaged where the library cannot be trusted, disk-full, bad-argument
 */
export function writeBackup({ libraryFile, folder, madeAt }: BackupTask): BackupFile | null {
  const draft = join(folder, `${process.pid}-${threadId}${partialEnding}`);
  try {
    if (holdsNothing(libraryFile)) return null;
    makeFolder(folder);
    deleteLeftOver(folder);
    const digest = copyPrecious(libraryFile, draft);
    const [newest] = listBackupFiles(folder);
    if (digest === newest?.digest) return newest;
    saveOnDisk(draft);
    const file = nextBackupFile(folder, newest, { madeAt, digest });
    renameSync(draft, file);
    const backups = listBackupFiles(folder);
    for (const old of backupsToDelete(backups)) rmSync(old.file, { force: true });
    return backups[0] ?? null;
  } catch (error) {
    throw backupError(error, { libraryFile, folder });
  } finally {
    deleteDraft(draft);
  }
}

/** Whether there is nothing in a library that anyone would miss, as in one that is not there yet. */
function holdsNothing(libraryFile: string): boolean {
  if (!existsSync(libraryFile)) return true;
  const db = new Database(libraryFile, { readonly: true, fileMustExist: true });
  try {
    const held = preciousTablesOf(db).filter((table) => missed.includes(table));
    return held.every((table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined);
  } finally {
    db.close();
  }
}

/** A folder that could not be made has no draft in it, and cannot be asked. */
function deleteDraft(draft: string): void {
  if (existsSync(draft)) rmSync(draft);
}

/** Deletes what a process left that was killed while it wrote. */
function deleteLeftOver(folder: string): void {
  const [ofProcess, own] = [`${process.pid}-`, `${process.pid}-${threadId}${partialEnding}`];
  for (const name of readdirSync(folder)) {
    const isOfOther = !name.startsWith(ofProcess) || name === own;
    if (name.endsWith(partialEnding) && isOfOther) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Copies the precious rows of a library into a new library file. Returns the beginning of the hash of what it
 * holds.
 * @throws SqliteError SQLITE_CORRUPT where the library is damaged in these rows, and others
 */
function copyPrecious(libraryFile: string, copy: string): string {
  const from = new Database(libraryFile, { readonly: true, fileMustExist: true });
  try {
    const to = new Database(copy);
    try {
      return from.transaction(() => {
        checkPreciousTables(from);
        to.transaction(() => copyRows(from, to))();
        checkCopy(from, to);
        to.prepare('DELETE FROM meta WHERE key = ?').run(unwatched);
        return hashOf(to, preciousTablesOf(to)).slice(0, digestLength);
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

/** Reads both again. @throws SqliteError SQLITE_CORRUPT where they differ */
function checkCopy(from: Database.Database, to: Database.Database): void {
  checkWholeLibrary(to);
  for (const table of preciousTablesOf(from)) {
    if (hashOf(from, [table]) === hashOf(to, [table])) continue;
    throw new Database.SqliteError(`The copy of ${table} differs.`, 'SQLITE_CORRUPT');
  }
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
