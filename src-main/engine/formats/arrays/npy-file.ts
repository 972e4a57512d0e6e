import { EngineError } from '../../../contract/errors.ts';
import type { OutputFile } from '../tables/output-file.ts';
import type { NumberArray, Table } from '../tables/table.ts';
import { fixedColumn } from './fixed-columns.ts';
import type { FixedColumn } from './fixed-columns.ts';
import { npyHead, recordType } from './npy-head.ts';

/**
 * One .npy array: a table's matrix [n, d] of float32 where it has one, else a structured array with a
 * field for each column. Pictures are their places in the list that lies beside it as CSV.
 */
export async function writeNpy(table: Table, file: OutputFile): Promise<void> {
  if (table.matrix) await writeMatrix(table, table.matrix, file);
  else await writeRecords(table, file);
}

async function writeMatrix(table: Table, names: readonly string[], file: OutputFile) {
  const places = names.map((name) => table.columns.findIndex((column) => column.name === name));
  const lengths = places.map((place) => {
    const column = table.columns[place];
    return column?.kind === 'number' ? (column.length ?? 1) : 0;
  });
  const width = lengths.reduce((sum, length) => sum + length, 0);
  await file.append(npyHead("'<f4'", [table.count, width]));
  for await (const { count, values } of table.chunks()) {
    const matrix = new Float32Array(count * width);
    let start = 0;
    for (const [part, place] of places.entries()) {
      const length = lengths[part] ?? 0;
      const own = values[place] as NumberArray;
      for (let row = 0; row < count; row++) {
        matrix.set(own.subarray(row * length, (row + 1) * length), row * width + start);
      }
      start += length;
    }
    await file.append(new Uint8Array(matrix.buffer));
  }
}

async function writeRecords(table: Table, file: OutputFile): Promise<void> {
  const columns = table.columns.map((column) => fixedColumn(column, 'utf-32'));
  if (columns.length === 0) throw new EngineError('bad-argument', 'Choose at least one column.');
  await file.append(npyHead(recordType(columns), [table.count]));
  for await (const { count, values } of table.chunks()) {
    const parts = columns.map((column, place) => column.encode(values[place] ?? []));
    await file.append(interleaved(columns, parts, count));
  }
}

function interleaved(columns: readonly FixedColumn[], parts: readonly Uint8Array[], count: number) {
  const rowBytes = columns.reduce((sum, { bytesPerRow }) => sum + bytesPerRow, 0);
  const records = new Uint8Array(count * rowBytes);
  let offset = 0;
  for (const [place, { bytesPerRow }] of columns.entries()) {
    const part = parts[place] ?? new Uint8Array(0);
    for (let row = 0; row < count; row++) {
      const start = row * bytesPerRow;
      records.set(part.subarray(start, start + bytesPerRow), row * rowBytes + offset);
    }
    offset += bytesPerRow;
  }
  return records;
}
