import { EngineError } from '../../../contract/errors/errors.ts';
import type { OutputFile } from '../tables/output-file.ts';
import type { NumberArray, Table } from '../tables/table.ts';
import { fixedColumn } from './fixed-columns.ts';
import type { FixedColumn } from './fixed-columns.ts';
import { npyHead, recordType } from './npy-head.ts';

/**
 * Writes one .npy array: the table's float32 matrix [n, d] where it has one, else a structured array
 * with a field for each column. Pictures are indices into the list that lies beside the file as CSV.
 */
export async function writeNpy(table: Table, file: OutputFile): Promise<void> {
  if (table.matrix) await writeMatrix(table, table.matrix, file);
  else await writeRecords(table, file);
}

async function writeMatrix(table: Table, names: readonly string[], file: OutputFile) {
  const indices = names.map((name) => table.columns.findIndex((column) => column.name === name));
  const lengths = indices.map((index) => {
    const column = table.columns[index];
    return column?.kind === 'number' ? (column.length ?? 1) : 0;
  });
  const width = lengths.reduce((sum, length) => sum + length, 0);
  await file.append(npyHead("'<f4'", [table.count, width]));
  for await (const { count, values } of table.chunks()) {
    const matrix = new Float32Array(count * width);
    let start = 0;
    for (const [part, index] of indices.entries()) {
      const length = lengths[part] ?? 0;
      const own = values[index] as NumberArray;
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
    const parts = columns.map((column, index) => column.encode(values[index] ?? []));
    await file.append(interleaved(columns, parts, count));
  }
}

function interleaved(columns: readonly FixedColumn[], parts: readonly Uint8Array[], count: number) {
  const rowBytes = columns.reduce((sum, { bytesPerRow }) => sum + bytesPerRow, 0);
  const records = new Uint8Array(count * rowBytes);
  let offset = 0;
  for (const [index, { bytesPerRow }] of columns.entries()) {
    const part = parts[index] ?? new Uint8Array(0);
    for (let row = 0; row < count; row++) {
      const start = row * bytesPerRow;
      records.set(part.subarray(start, start + bytesPerRow), row * rowBytes + offset);
    }
    offset += bytesPerRow;
  }
  return records;
}
