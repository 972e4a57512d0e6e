import Database from 'better-sqlite3';

/**
 * Holds a library for one writing process: an exclusive lock on the empty SQLite file
 * `<library>.lock`, which the operating system drops when the process dies in any way. The file
 * itself stays, since deleting it would let two processes lock two files of the same name.
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
