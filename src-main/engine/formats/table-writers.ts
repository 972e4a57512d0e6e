import type { TableFormat } from '../../contract/exports.ts';
import { flatTable } from './tables/flat-columns.ts';
import type { OutputFile } from './tables/output-file.ts';
import type { Table } from './tables/table.ts';
import { writeNpy } from './arrays/npy-file.ts';
import { writeNpz } from './arrays/npz-file.ts';
import { writeParquet } from './parquet/parquet-file.ts';
import { writeSafetensors } from './arrays/safetensors-file.ts';
import { writeCsv, writeJsonLines } from './text/text-files.ts';

export interface TableWriter {
  /** Whether pictures are three columns of text instead of places in a list. */
  readonly isFlat: boolean;
  /** Whether the list of pictures lies beside the file, which has no place for it. */
  readonly listsPicturesBeside?: boolean;
  /** Whether as much again is written to a second file meanwhile. */
  readonly needsSpool?: boolean;
  /** Writes a table that is as the format wants it: `formatted` makes it so. */
  write(table: Table, file: OutputFile, spool: () => Promise<OutputFile>): Promise<void>;
}

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

/** A table as a format holds it. */
export function formatted(table: Table, format: TableFormat): Table {
  return tableWriters[format].isFlat ? flatTable(table) : table;
}

/** What a disk must have free for a file of so many bytes. */
export function neededBytes(format: TableFormat, bytes: number): number {
  return tableWriters[format].needsSpool === true ? 2 * bytes : bytes;
}
