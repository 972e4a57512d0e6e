import type { ImportColumn, ImportFormat } from '../../../contract/imports.ts';

/** Vectors of rows that follow each other: `vectors` is rows x dimensions, row-major. */
export interface VectorRows {
  readonly vectors: Float32Array;
  /** How many values each row really had; a row of another length holds NaN. Null: all had as many. */
  readonly lengths: Uint32Array | null;
}

/** What the readers of all formats offer: a file's columns, read in order and in pieces. */
export interface ImportTable {
  readonly file: string;
  readonly format: ImportFormat;
  readonly rows: number;
  readonly columns: readonly ImportColumn[];
  /** The values of a text or number column in words, in order; null where there is none. */
  texts(column: string): AsyncIterable<readonly (string | null)[]>;
  /** The vectors of a column of kind `vector`, in order. */
  vectors(column: string): AsyncIterable<VectorRows>;
  close(): Promise<void>;
}

/** About as many bytes are held at a time of what a file gives. */
const chunkBytes = 4_194_304;

/** How many rows of so many float32 values are read together. */
export function rowsPerChunk(dimensions: number): number {
  return Math.max(1, Math.floor(chunkBytes / (4 * dimensions)));
}
