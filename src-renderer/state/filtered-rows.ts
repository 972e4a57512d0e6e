/** One reason to leave a row out, by a name that tells it from the others. */
export interface RowFilter {
  readonly name: string;
  keeps(row: number): boolean;
}

/** Which rows pass every filter, and every filter but one: what a linked histogram of that one shows. */
export class FilteredRows {
  /** 1 for each row that every filter keeps. */
  readonly kept: Uint8Array;
  readonly #failures: Uint8Array;
  readonly #filters: readonly RowFilter[];

  constructor(count: number, filters: readonly RowFilter[]) {
    this.#filters = filters;
    this.#failures = new Uint8Array(count);
    for (const filter of filters) {
      for (let row = 0; row < count; row++) {
        if (!filter.keeps(row)) this.#failures[row] = (this.#failures[row] ?? 0) + 1;
      }
    }
    this.kept = this.#failures.map((failures) => (failures === 0 ? 1 : 0));
  }

  /** Whether a row passes all filters other than the named one. */
  keepsWithout(name: string, row: number): boolean {
    const failures = this.#failures[row] ?? 0;
    if (failures !== 1) return failures === 0;
    const filter = this.#filters.find((one) => one.name === name);
    return filter !== undefined && !filter.keeps(row);
  }
}
