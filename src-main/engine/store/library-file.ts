import { rmSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors/errors.ts';
import { libraryError } from './library-errors.ts';
import { LibraryLock } from './library-lock.ts';
import { checkIsLibrary, migrate, migrations, schemaVersion } from './migrate.ts';
import { checkPreciousTables } from './precious-tables.ts';
import { Query } from './query.ts';

/**
 * `write` locks the library for this process, creates it if necessary and migrates it; `worker` writes
 * from another thread of that process; `read` only reads, from any process.
 */
type LibraryMode = 'write' | 'worker' | 'read';

interface OpenLibraryOptions {
  readonly mode: LibraryMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called before a library of an older version is changed to the present one. */
  readonly beforeMigration?: () => void;
}

const sqliteHeaderBytes = 100;

// Threads of one process wait for one another's short transactions.
const busyTimeoutMs = 15_000;

/** An open library file: one connection, which one thread uses. */
export class Library {
  readonly file: string;
  readonly mode: LibraryMode;
  readonly now: () => number;
  readonly db: Database.Database;
  readonly #lock: LibraryLock | null;
  readonly #queries = new Map<string, Query<unknown>>();

  constructor(
    file: string,
    options: OpenLibraryOptions,
    connection: { db: Database.Database; lock: LibraryLock | null },
  ) {
    this.file = file;
    this.mode = options.mode;
    this.now = options.now;
    this.db = connection.db;
    this.#lock = connection.lock;
  }

  /**
   * The prepared statement for a text of SQL, prepared once per connection; `Row` is the type of its
   * rows.
   */
  query<Row>(sql: string): Query<Row> {
    const known = this.#queries.get(sql);
    if (known !== undefined) return known as Query<Row>;
    const explain = (error: unknown): unknown => libraryError(error, this.file);
    const query = new Query<Row>(this.#prepare<Row>(sql), explain);
    this.#queries.set(sql, query as Query<unknown>);
    return query;
  }

  #prepare<Row>(sql: string): Database.Statement<unknown[], Row> {
    try {
      return this.db.prepare<unknown[], Row>(sql);
    } catch (error) {
      throw libraryError(asDamage(error), this.file);
    }
  }

  /** Runs `work` in one transaction: everything is committed or, when it throws, nothing. */
  write<T>(work: () => T): T {
    try {
      return this.db.transaction(work).immediate();
    } catch (error) {
      throw libraryError(error, this.file);
    }
  }

  /** Runs `work`, whose queries see one state of the file. */
  read<T>(work: () => T): T {
    try {
      return this.db.transaction(work)();
    } catch (error) {
      throw libraryError(error, this.file);
    }
  }

  /** A text that is another one as soon as anybody, here or elsewhere, has changed the file. */
  changeMark(): string {
    const others = this.query<{ data_version: number }>('PRAGMA data_version').get();
    const own = this.query<{ changes: number }>('SELECT total_changes() AS changes').get();
    return `${others?.data_version ?? NaN}, ${own?.changes ?? NaN}`;
  }

  close(): void {
    this.db.close();
    this.#lock?.release();
  }

  /** Closes the library and deletes its files. */
  discard(): void {
    this.db.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${this.file}${ending}`, { force: true });
    this.#lock?.release();
    rmSync(`${this.file}.lock`, { force: true });
  }
}

/**
 * Opens a library file. In the mode `write`, creates it if necessary; its folder must exist.
 * @throws EngineError library-unreadable, library-damaged, library-newer, library-in-use
 */
export function openLibrary(file: string, options: OpenLibraryOptions): Library {
  let db: Database.Database | null = null;
  let lock: LibraryLock | null = null;
  try {
    refuseNoLibrary(file);
    db = connect(file, options.mode);
    checkIsLibrary(db, file);
    if (options.mode === 'write') {
      lock = new LibraryLock(file);
      checkPreciousTables(db);
      const version = schemaVersion(db);
      if (version > 0 && version < migrations.length) options.beforeMigration?.();
      prepareForWriting(db);
    } else {
      checkIsPresentVersion(db, file);
    }
    return new Library(file, options, { db, lock });
  } catch (error) {
    db?.close();
    lock?.release();
    throw libraryError(asDamage(error), file);
  }
}

/** SQL that every library takes fails where the form of the tables, or the version, is damaged. */
function asDamage(error: unknown): unknown {
  const isSqlError = error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
  return isSqlError ? new Database.SqliteError(error.message, 'SQLITE_CORRUPT') : error;
}

/**
 * Refuses a file shorter than SQLite's header: SQLite takes it for an empty file and would overwrite
 * it.
 */
function refuseNoLibrary(file: string): void {
  const found = statOf(file);
  if (found?.isDirectory()) {
    throw new EngineError(
      'library-unreadable',
      `${file} is a folder, not a library; name a file in it.`,
    );
  }
  if (found && found.size > 0 && found.size < sqliteHeaderBytes) {
    throw new Database.SqliteError('The file is too short.', 'SQLITE_NOTADB');
  }
}

/**
 * The state of the file; null where it cannot be read, in which case SQLite gives the reason on
 * opening.
 */
function statOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

function connect(file: string, mode: LibraryMode): Database.Database {
  let db;
  try {
    db = new Database(file, {
      readonly: mode === 'read',
      fileMustExist: mode !== 'write',
      timeout: busyTimeoutMs,
    });
  } catch (error) {
    // better-sqlite3 itself checks the folder, and reports a missing one as a TypeError.
    if (!(error instanceof TypeError)) throw error;
    throw new Database.SqliteError(error.message, 'SQLITE_CANTOPEN');
  }
  db.pragma('foreign_keys = ON');
  // With a write-ahead log, this loses nothing when the process dies, and saves a sync per commit.
  db.pragma('synchronous = NORMAL');
  return db;
}

function prepareForWriting(db: Database.Database): void {
  // This can be set only in an empty file; it lets purged data give its space back to the disk.
  db.pragma('auto_vacuum = INCREMENTAL');
  // SQLite opens a write-protected file without an error; only the first write fails.
  db.exec('BEGIN IMMEDIATE; ROLLBACK');
  migrate(db, migrations);
  db.pragma('journal_mode = WAL');
}

function checkIsPresentVersion(db: Database.Database, file: string): void {
  if (schemaVersion(db) === migrations.length) return;
  throw new EngineError(
    'library-unreadable',
    `The library ${file} is empty or of an older version; bring it up to date by opening it once, with "negatoscope open --library FILE" or in the app.`,
  );
}
