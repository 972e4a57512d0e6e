import type Database from 'better-sqlite3';

/** A prepared statement whose errors name the library file. */
export class Query<Row> {
  readonly #statement: Database.Statement<unknown[], Row>;
  readonly #explain: (error: unknown) => unknown;

  constructor(statement: Database.Statement<unknown[], Row>, explain: (error: unknown) => unknown) {
    this.#statement = statement;
    this.#explain = explain;
  }

  /** Returns all rows. */
  all(...parameters: unknown[]): Row[] {
    return this.#guarded(() => this.#statement.all(...parameters));
  }

  /** Returns the first row, or undefined. */
  get(...parameters: unknown[]): Row | undefined {
    return this.#guarded(() => this.#statement.get(...parameters));
  }

  /** Runs a statement that returns no rows. */
  run(...parameters: unknown[]): Database.RunResult {
    return this.#guarded(() => this.#statement.run(...parameters));
  }

  /**
   * Returns rows one by one, for results that are too large for memory; nothing may be written
   * meanwhile.
   */
  *iterate(...parameters: unknown[]): Generator<Row, void> {
    try {
      yield* this.#statement.iterate(...parameters);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#explain(error);
    }
  }
}
