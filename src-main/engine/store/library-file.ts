import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import Database from 'better-sqlite3';
import { EngineError } from '../../contract/errors.ts';
import { libraryError } from './library-errors.ts';
import { LibraryLock } from './library-lock.ts';
import { checkIsLibrary, migrate, migrations, schemaVersion } from './migrate.ts';
import { Query } from './query.ts';

/**
 * `write` holds the library for this process, creates it and brings it up to date; `worker` writes
 * from another thread of that process; `read` only reads, from any process.
 */
export type LibraryMode = 'write' | 'worker' | 'read';

export interface OpenLibraryOptions {
  readonly mode: LibraryMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const sqliteHeaderBytes = 100;

// Threads of one process wait for each other's short transactions.
const busyTimeoutMs = 15_000;

/** An open library file: one connection, used by one thread. */
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

  /** The prepared statement for a text of SQL, made once per connection; `Row` is what it returns. */
  query<Row>(sql: string): Query<Row> {
    const known = this.#queries.get(sql);
    if (known !== undefined) return known as Query<Row>;
    const query = new Query<Row>(this.db.prepare<unknown[], Row>(sql), (error) =>
      libraryError(error, this.file),
    );
    this.#queries.set(sql, query as Query<unknown>);
    return query;
  }

  /** Runs `work` in one transaction: all of it is kept or, when it throws, nothing. */
  write<T>(work: () => T): T {
    try {
      return this.db.transaction(work).immediate();
    } catch (error) {
      throw libraryError(error, this.file);
    }
  }

  close(): void {
    this.db.close();
    this.#lock?.release();
  }
}

/**
 * Opens a library file, in mode `write` creating it where there is none (its folder must exist).
 * @throws EngineError library-unreadable, library-newer, library-in-use
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
      prepareForWriting(db);
    } else {
      checkIsPresentVersion(db, file);
    }
    return new Library(file, options, { db, lock });
  } catch (error) {
    db?.close();
    lock?.release();
    throw libraryError(error, file);
  }
}

/** SQLite takes what is shorter than its header for an empty file, and would write over it. */
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

/** Null where nothing can be learnt of a file: SQLite then says why it cannot be opened. */
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
    // better-sqlite3 looks for the folder itself and says so with a TypeError.
    if (!(error instanceof TypeError)) throw error;
    throw new Database.SqliteError(error.message, 'SQLITE_CANTOPEN');
  }
  db.pragma('foreign_keys = ON');
  // With a write-ahead log this loses nothing when the process dies, and spares a sync per commit.
  db.pragma('synchronous = NORMAL');
  return db;
}

function prepareForWriting(db: Database.Database): void {
  // Only an empty file takes this: what is deleted for good can give its space back to the disk.
  db.pragma('auto_vacuum = INCREMENTAL');
  // SQLite opens a write-protected file without a word; the first write is what fails.
  db.exec('BEGIN IMMEDIATE; ROLLBACK');
  migrate(db, migrations);
  db.pragma('journal_mode = WAL');
}

function checkIsPresentVersion(db: Database.Database, file: string): void {
  if (schemaVersion(db) === migrations.length) return;
  throw new EngineError(
    'library-unreadable',
    `The library ${file} is empty or of an older version; open it once in Negatoscope to bring it up to date.`,
  );
}
