/** Tells the row of a picture by its id. */
export interface RowLookup {
  get(id: number): number | undefined;
  has(id: number): boolean;
}

/**
 * The row of each of `ids`, which is its place in them. Ids are small numbers: with an array, a million are
 * found in milliseconds; with a Map they are not.
 */
export class RowsOfIds implements RowLookup {
  readonly #rows: Int32Array;

  constructor(ids: Uint32Array) {
    let highest = 0;
    for (let row = 0; row < ids.length; row++) highest = Math.max(highest, ids[row] as number);
    this.#rows = new Int32Array(highest + 1).fill(-1);
    for (let row = 0; row < ids.length; row++) this.#rows[ids[row] as number] = row;
  }

  get(id: number): number | undefined {
    const row = this.#rows[id] ?? -1;
    return row < 0 ? undefined : row;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }
}
