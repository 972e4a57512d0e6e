export type NumberType = 'float32' | 'float64' | 'int32' | 'uint16' | 'uint8' | 'boolean';

/** What a column holds in each row. */
export type ColumnType =
  /** `length` numbers, one if left out. */
  | { readonly kind: 'number'; readonly type: NumberType; readonly length?: number }
  /** One of `names`, held as its place among them. */
  | { readonly kind: 'choice'; readonly names: readonly string[] }
  /** A picture, held as its place in the table's list of pictures; -1 for none. */
  | { readonly kind: 'picture' }
  | { readonly kind: 'text'; readonly longest: TextLength }
  /** A list whose length differs from row to row. */
  | { readonly kind: 'list'; readonly of: 'text' | 'uint8' | 'float32' };

/** The most characters (code points) and the most bytes in UTF-8 that a text of a column has. */
export interface TextLength {
  readonly characters: number;
  readonly bytes: number;
}

export type TableColumn = ColumnType & {
  readonly name: string;
  readonly meaning: string;
  /** Of measurement, empty where there is none. */
  readonly unit: string;
};

export type NumberArray = Float32Array | Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A column's values of some rows, row-major: numbers, places in a list, texts, or lists. */
export type ColumnValues =
  NumberArray | readonly string[] | readonly (readonly string[])[] | readonly (readonly number[])[];

export interface TableChunk {
  readonly count: number;
  /** In the order of the table's columns. */
  readonly values: readonly ColumnValues[];
}

/** Pictures as columns; path and label are empty where there is no file, or no label. */
export interface PictureList {
  readonly ids: Uint32Array;
  /** SHA-256 of the file's bytes, hex. */
  readonly hashes: readonly string[];
  /** Relative to the scanned folder, with '/'. */
  readonly paths: readonly string[];
  readonly labels: readonly string[];
  /** The place of a picture in the list by its id. */
  readonly placeOfId: ReadonlyMap<number, number>;
}

/**
 * A table to be exported, whose rows come in chunks so that it need not fit in memory. A picture
 * column with an empty name says that row r is about picture r of the list.
 */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly pictures: PictureList;
  readonly count: number;
  /** Columns of float32 that a .npy file holds side by side as one matrix. */
  readonly matrix?: readonly string[];
  /** Where the rows come from, for formats that have a place for it. */
  readonly source: Readonly<Record<string, string>>;
  chunks(): AsyncIterable<TableChunk> | Iterable<TableChunk>;
}

/** A number column; `NaN` in a float column stands for a value that there is not. */
export function numbers(
  name: string,
  type: NumberType,
  unit: string,
  meaning: string,
  length = 1,
): TableColumn {
  return { kind: 'number', name, type, unit, meaning, length };
}

export function choice(name: string, names: readonly string[], meaning: string): TableColumn {
  return { kind: 'choice', name, names, unit: '', meaning };
}

export function picture(name: string, meaning: string): TableColumn {
  return { kind: 'picture', name, unit: '', meaning };
}

/** A text column as long as the longest of its texts. */
export function texts(name: string, values: readonly string[], meaning: string): TableColumn {
  return { kind: 'text', name, unit: '', meaning, longest: longestOf(values) };
}

export function longestOf(values: readonly string[]): TextLength {
  let characters = 1;
  let bytes = 1;
  for (const value of values) {
    bytes = Math.max(bytes, Buffer.byteLength(value));
    // A text has at most as many code points as code units, which are counted already.
    if (value.length > characters) characters = Math.max(characters, Array.from(value).length);
  }
  return { characters, bytes };
}

/** A table that is small enough to be one chunk. */
export function wholeTable(
  table: Omit<Table, 'chunks' | 'count'>,
  count: number,
  values: readonly ColumnValues[],
): Table {
  return { ...table, count, chunks: () => (count === 0 ? [] : [{ count, values }]) };
}
