import { dirname } from 'node:path';
import type { TableFormat } from '../../contract/exports.ts';
import { checkDiskSpace } from './disk-space.ts';
import { estimateBytes } from './estimate-bytes.ts';
import { withFileSet } from './file-set.ts';
import { fileError } from './file-errors.ts';
import { writeCsv } from './formats/text-files.ts';
import { formatted, tableWriters } from './formats/table-writers.ts';
import { flatTable } from './flat-columns.ts';
import type { PictureList } from './picture-list.ts';
import { picture, wholeTable } from './table.ts';
import type { Table, TableChunk } from './table.ts';

export interface WriteTableRequest {
  readonly table: Table;
  readonly format: TableFormat;
  /** Absolute. */
  readonly file: string;
  readonly overwrite: boolean;
  /** Called after each chunk with the rows done; may throw to end the work. */
  readonly onRows: (done: number) => Promise<void>;
}

/**
 * Writes a table as a file, and beside a .npy its pictures as `<name>.pictures.csv`; resolves to the
 * files, the one that was named first.
 * @throws EngineError file-exists, disk-full, bad-argument
 */
export async function writeTable(request: WriteTableRequest) {
  const { format, file, overwrite } = request;
  const table = formatted(request.table, format);
  const writer = tableWriters[format];
  try {
    const bytes = estimateBytes(table, format, await firstChunk(table));
    await checkDiskSpace(dirname(file), bytes * (writer.needsSpool === true ? 2 : 1));
  } catch (error) {
    throw fileError(error, file);
  }
  return withFileSet({ overwrite, file }, async (files) => {
    const watched = { ...table, chunks: () => watchedChunks(table, request.onRows) };
    const output = await files.create(file);
    await writer.write(watched, output, () => files.createSpool(file));
    const { pictures } = table;
    if (writer.listsPicturesBeside === true && pictures.ids.length > 0) {
      const beside = await files.create(`${file.replace(/\.npy$/i, '')}.pictures.csv`);
      await writeCsv(flatTable(pictureTable(pictures)), beside);
    }
  });
}

/** The first rows of a table; null where it has none. */
export async function firstChunk(table: Table): Promise<TableChunk | null> {
  for await (const chunk of table.chunks()) return chunk;
  return null;
}

async function* watchedChunks(
  table: Table,
  onRows: WriteTableRequest['onRows'],
): AsyncGenerator<TableChunk> {
  let done = 0;
  for await (const chunk of table.chunks()) {
    yield chunk;
    done += chunk.count;
    await onRows(done);
  }
}

function pictureTable(pictures: PictureList): Table {
  const places = Int32Array.from(pictures.ids.keys());
  const columns = [picture('', 'the picture')];
  return wholeTable({ columns, pictures, source: {} }, places.length, [places]);
}
