/** A filter of rows; no two of one list have the same name. */
export interface RowFilter {
  readonly name: string;
  passes(row: number): boolean;
}

/**
 * Which rows pass every filter, and which pass every filter but one, as the histogram of that one
 * shows.
 */
export class FilteredRows {
  /** 1 for each row that passes every filter. */
  readonly matching: Uint8Array;
  readonly #failures: Uint8Array;
  readonly #filters: readonly RowFilter[];

  constructor(count: number, filters: readonly RowFilter[]) {
    this.#filters = filters;
    this.#failures = new Uint8Array(count);
    for (const filter of filters) {
      for (let row = 0; row < count; row++) {
        if (!filter.passes(row)) this.#failures[row] = (this.#failures[row] ?? 0) + 1;
      }
    }
    this.matching = this.#failures.map((failures) => (failures === 0 ? 1 : 0));
  }

  /** Whether a row passes all filters other than the named one. */
  passesOthers(name: string, row: number): boolean {
    const failures = this.#failures[row] ?? 0;
    if (failures !== 1) return failures === 0;
    const filter = this.#filters.find((one) => one.name === name);
    return filter !== undefined && !filter.passes(row);
  }
}
