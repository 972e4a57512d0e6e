export type NumberType = 'float32' | 'float64' | 'int32' | 'uint16' | 'uint8' | 'boolean';

/** The content of a column's rows. */
type ColumnType =
  /**
   * `length` numbers; one where `length` is left out. Of single whole numbers `missing` is the one that
   * stands for a missing value.
   */
  | {
      readonly kind: 'number';
      readonly type: NumberType;
      readonly length?: number;
      readonly missing?: number;
    }
  /** One of `names`, stored as its index; `noChoice` where there is none. */
  | { readonly kind: 'choice'; readonly names: readonly string[] }
  /** A picture, stored as its index in the table's list of pictures; -1 for none. */
  | { readonly kind: 'picture' }
  | { readonly kind: 'text'; readonly longest: TextLength }
  /** A list, whose length may differ from row to row. */
  | { readonly kind: 'list'; readonly of: 'text' | 'uint8' | 'float32' };

/** The longest text of a column: in characters (code points), and in bytes of UTF-8. */
export interface TextLength {
  readonly characters: number;
  readonly bytes: number;
}

/** The index of a choice that is missing. */
export const noChoice = 255;

export type TableColumn = ColumnType & {
  readonly name: string;
  readonly meaning: string;
  /** Unit of measurement; empty where there is none. */
  readonly unit: string;
};

export type NumberArray = Float32Array | Float64Array | Int32Array | Uint16Array | Uint8Array;

/** A column's values in some rows, row-major: numbers, indices, texts, or lists. */
export type ColumnValues =
  NumberArray | readonly string[] | readonly (readonly string[])[] | readonly (readonly number[])[];

export interface TableChunk {
  readonly count: number;
  /** In the order of the table's columns. */
  readonly values: readonly ColumnValues[];
}

/** Pictures as columns; path is empty where there is no file, label where there is no label. */
export interface PictureList {
  readonly ids: Uint32Array;
  /** SHA-256 of the file's bytes, hex. */
  readonly hashes: readonly string[];
  /** Relative to the scanned folder, with '/' as separator. */
  readonly paths: readonly string[];
  readonly labels: readonly string[];
  /** Null where no picture of the library is in a split; else empty where there is none. */
  readonly splits: readonly string[] | null;
  /** The index of each picture in the list, by its id. */
  readonly indexOfId: ReadonlyMap<number, number>;
}

/**
 * A table to be exported, whose rows come in chunks, so that it need not fit in memory. A picture
 * column with an empty name means that row r is about picture r of the list.
 */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly pictures: PictureList;
  readonly count: number;
  /** Names of the float32 columns that a .npy file holds side by side as one matrix. */
  readonly matrix?: readonly string[];
  /** What the rows were made from, for formats that can store it. */
  readonly source: Readonly<Record<string, string>>;
  chunks(): AsyncIterable<TableChunk> | Iterable<TableChunk>;
}

/** A number column; in a float column, `NaN` stands for a missing value. */
export function numbers(
  name: string,
  type: NumberType,
  unit: string,
  meaning: string,
  length = 1,
): TableColumn {
  return { kind: 'number', name, type, unit, meaning, length };
}

/** A column of one whole number each, of which `missing` stands for a missing value. */
export function numbersWhereKnown(
  name: string,
  type: NumberType,
  unit: string,
  meaning: string,
  missing: number,
): TableColumn {
  return { kind: 'number', name, type, unit, meaning, missing };
}

/** A column of one of a few names. */
export function choice(name: string, names: readonly string[], meaning: string): TableColumn {
  return { kind: 'choice', name, names, unit: '', meaning };
}

/** A column of pictures. */
export function picture(name: string, meaning: string): TableColumn {
  return { kind: 'picture', name, unit: '', meaning };
}

/** A text column whose length is that of its longest text. */
export function texts(name: string, values: readonly string[], meaning: string): TableColumn {
  return { kind: 'text', name, unit: '', meaning, longest: longestOf(values) };
}

/** The length of the longest text. */
export function longestOf(values: readonly string[]): TextLength {
  let characters = 1;
  let bytes = 1;
  for (const value of values) {
    bytes = Math.max(bytes, Buffer.byteLength(value));
    // A text has at most as many code points as code units, which are known without counting.
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
