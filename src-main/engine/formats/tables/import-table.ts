import type { ImportColumn, ImportFormat, ImportProblem } from '../../../contract/imports.ts';

/** Why a row has no vector of finite numbers, and the cell that is to blame. */
export interface VectorFlaw {
  readonly why: Extract<ImportProblem, 'not-a-number' | 'not-finite'>;
  readonly note: string;
}

/** Vectors of consecutive rows: `vectors` is [rows, dimensions], row-major. */
export interface VectorRows {
  readonly vectors: Float32Array;
  /**
   * How many values each row had in the file; a row of another length is NaN. Null where all had the
   * same number.
   */
  readonly lengths: Uint32Array | null;
  /** Rows, counted from the first of these, whose flaws the file shows cell by cell. */
  readonly flaws?: ReadonlyMap<number, VectorFlaw>;
}

/** An open file in any format: its columns, each of which is read in order and in blocks. */
export interface ImportTable {
  readonly file: string;
  readonly format: ImportFormat;
  readonly rows: number;
  readonly columns: readonly ImportColumn[];
  /** Reads a text or number column as texts, in order; null where there is no value. */
  texts(column: string): AsyncIterable<readonly (string | null)[]>;
  /** Reads a column of kind `vector`, in order. */
  vectors(column: string): AsyncIterable<VectorRows>;
  close(): Promise<void>;
}

/** About how many bytes of a file are held in memory at a time. */
const chunkBytes = 4_194_304;

/** How many rows of this many float32 values are read together. */
export function rowsPerChunk(dimensions: number): number {
  return Math.max(1, Math.floor(chunkBytes / (4 * dimensions)));
}
