import Database from 'better-sqlite3';

/**
 * Locks a library for one writing process, by an exclusive lock on the empty SQLite file
 * `<library>.lock`. The operating system releases it when the process ends in any way. The file itself
 * is not deleted, because then two processes could lock two files of the same name.
 */
export class LibraryLock {
  readonly #db: Database.Database;

  /** @throws SqliteError SQLITE_BUSY when another process holds it */
  constructor(libraryFile: string) {
    this.#db = new Database(`${libraryFile}.lock`, { timeout: 0 });
    try {
      this.#db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  release(): void {
    this.#db.close();
  }
}
