import type { TableFormat } from '../../contract/exports.ts';
import { flatTable } from './tables/flat-columns.ts';
import type { OutputFile } from './tables/output-file.ts';
import type { Table } from './tables/table.ts';
import { writeNpy } from './arrays/npy-file.ts';
import { writeNpz } from './arrays/npz-file.ts';
import { writeParquet } from './parquet/parquet-file.ts';
import { writeSafetensors } from './arrays/safetensors-file.ts';
import { writeCsv, writeJsonLines } from './text/text-files.ts';

interface TableWriter {
  /** Whether a picture is three columns of text instead of an index into a list. */
  readonly isFlat: boolean;
  /** Whether the list of pictures is a file beside this one, because the format cannot hold it. */
  readonly listsPicturesBeside?: boolean;
  /** Whether a second, temporary file of the same size is written. */
  readonly needsSpool?: boolean;
  /** Writes a table in the form that `formatted` gives it for this format. */
  write(table: Table, file: OutputFile, spool: () => Promise<OutputFile>): Promise<void>;
}

/** The writer of each format. */
export const tableWriters: Readonly<Record<TableFormat, TableWriter>> = {
  parquet: { isFlat: true, write: writeParquet },
  csv: { isFlat: true, write: writeCsv },
  jsonl: { isFlat: true, write: writeJsonLines },
  npy: { isFlat: false, listsPicturesBeside: true, write: writeNpy },
  npz: {
    isFlat: false,
    needsSpool: true,
    write: async (table, file, spool) => writeNpz(table, file, await spool()),
  },
  safetensors: { isFlat: false, write: writeSafetensors },
};

/** A table in the form that the format needs. */
export function formatted(table: Table, format: TableFormat): Table {
  return tableWriters[format].isFlat ? flatTable(table) : table;
}

/** The free bytes that a disk needs for a file of this size. */
export function neededBytes(format: TableFormat, bytes: number): number {
  return tableWriters[format].needsSpool === true ? 2 * bytes : bytes;
}
