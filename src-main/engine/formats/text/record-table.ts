import type { ImportFormat } from '../../../contract/imports.ts';
import type { ImportTable } from '../tables/import-table.ts';
import { numberedColumns } from '../tables/numbered-columns.ts';
import { columnsOf } from './record-columns.ts';
import type { FileRecord } from './record-columns.ts';
import { cellsOfColumns, cellsOfLists, vectorBlocks } from './record-vectors.ts';

interface RecordFile {
  readonly file: string;
  readonly format: ImportFormat;
  /** Reads the file from its beginning. */
  readonly records: () => AsyncIterable<FileRecord>;
  /** What a text stands for, where that is not itself. */
  readonly textOf?: (text: string) => string;
}

const recordsThatTell = 100;
const textsPerBlock = 4096;

/**
 * Opens a file of rows as columns. It is read once to count its rows and to find the types of its
 * columns.
 */
export async function recordTable({
  file,
  format,
  records,
  textOf = (text) => text,
}: RecordFile): Promise<ImportTable> {
  const seen: FileRecord[] = [];
  let rows = 0;
  for await (const record of records()) {
    if (rows < recordsThatTell) seen.push(record);
    rows++;
  }
  const own = columnsOf(seen);
  const sets = numberedColumns(own.columns, own.partly);
  const columns = [...own.columns, ...sets.map(({ column }) => column)];
  return {
    file,
    format,
    rows,
    columns,
    texts: (name) => textBlocks(records(), name, textOf),
    vectors: (name) => {
      const length = columns.find((column) => column.name === name)?.length ?? 0;
      const parts = sets.find(({ column }) => column.name === name)?.parts;
      return vectorBlocks(records(), parts ? cellsOfColumns(parts) : cellsOfLists(name), length);
    },
    close: () => Promise.resolve(),
  };
}

async function* textBlocks(
  records: AsyncIterable<FileRecord>,
  name: string,
  textOf: (text: string) => string,
): AsyncGenerator<(string | null)[]> {
  let block: (string | null)[] = [];
  for await (const record of records) {
    const value = record[name];
    const isText = typeof value === 'string' || typeof value === 'number';
    block.push(isText && value !== '' ? textOf(String(value)) : null);
    if (block.length < textsPerBlock) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
