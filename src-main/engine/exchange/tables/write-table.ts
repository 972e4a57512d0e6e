import { dirname } from 'node:path';
import { picturesBeside } from '../../../contract/exports.ts';
import type { TableFormat } from '../../../contract/exports.ts';
import { checkSpaceForExport } from '../destination/disk-space.ts';
import { estimateBytes } from '../destination/estimate-bytes.ts';
import { withFileSet } from '../destination/file-set.ts';
import type { FileSet } from '../destination/file-set.ts';
import { fileError } from '../../../files/file-errors.ts';
import { writeCsv } from '../../formats/text/text-files.ts';
import { formatted, neededBytes, tableWriters } from '../../formats/table-writers.ts';
import { flatTable } from '../../formats/tables/flat-columns.ts';
import type { PictureList } from '../../formats/tables/table.ts';
import { picture, wholeTable } from '../../formats/tables/table.ts';
import type { Table, TableChunk } from '../../formats/tables/table.ts';

/** A table, and the file that it is written to. */
export interface FileOfTable {
  readonly table: Table;
  readonly format: TableFormat;
  /** Absolute path. */
  readonly file: string;
}

interface WriteOptions {
  readonly overwrite: boolean;
  /** Called after each chunk with the rows written so far, of all tables; may throw to end the work. */
  readonly onRows: (done: number) => Promise<void>;
}

/**
 * Writes tables as files, all or none. A .npy file gets its list of pictures beside it as
 * `<name>.pictures.csv`. Resolves to the files in their order.
 * @throws EngineError file-exists, disk-full, bad-argument
 */
export async function writeTables(tables: readonly FileOfTable[], options: WriteOptions) {
  const { overwrite, onRows } = options;
  const [first] = tables;
  if (first === undefined) return [];
  const prepared = tables.map((one) => ({ ...one, table: formatted(one.table, one.format) }));
  await checkRoom(prepared);
  return withFileSet({ overwrite, file: first.file }, async (files) => {
    let before = 0;
    for (const { table, format, file } of prepared) {
      const done = before;
      const watched = {
        ...table,
        chunks: () => watchedChunks(table, (rows) => onRows(done + rows)),
      };
      const output = await files.create(file);
      await tableWriters[format].write(watched, output, () => files.createSpool(file));
      await writePicturesBeside({ table, format, file }, files);
      before += table.count;
    }
  });
}

async function checkRoom(tables: readonly FileOfTable[]): Promise<void> {
  for (const { table, format, file } of tables) {
    try {
      const bytes = estimateBytes(table, format, await firstChunk(table));
      await checkSpaceForExport(dirname(file), neededBytes(format, bytes));
    } catch (error) {
      throw fileError(error, file);
    }
  }
}

async function writePicturesBeside({ table, format, file }: FileOfTable, files: FileSet) {
  const { pictures } = table;
  if (tableWriters[format].listsPicturesBeside !== true || pictures.ids.length === 0) return;
  const beside = await files.create(picturesBeside(file.replace(/\.npy$/i, '')));
  await writeCsv(flatTable(pictureTable(pictures)), beside);
}

/** The first rows of a table; null where it is empty. */
export async function firstChunk(table: Table): Promise<TableChunk | null> {
  for await (const chunk of table.chunks()) return chunk;
  return null;
}

async function* watchedChunks(
  table: Table,
  onRows: WriteOptions['onRows'],
): AsyncGenerator<TableChunk> {
  let done = 0;
  for await (const chunk of table.chunks()) {
    yield chunk;
    done += chunk.count;
    await onRows(done);
  }
}

/** A table with hash, path and label of each picture of a list. */
export function pictureTable(pictures: PictureList): Table {
  const indices = Int32Array.from(pictures.ids.keys());
  const columns = [picture('', 'the picture')];
  return wholeTable({ columns, pictures, source: {} }, indices.length, [indices]);
}
