import type { TableFormat } from '../../../contract/exports.ts';
import { cellOf } from '../../formats/tables/cell-values.ts';
import { arrayRegions } from '../../formats/arrays/array-regions.ts';
import { fixedColumn } from '../../formats/arrays/fixed-columns.ts';
import type { Table, TableChunk } from '../../formats/tables/table.ts';

/** Bytes of the heads, footers and other parts of a file that hold no rows. */
const headBytes = 4096;

/**
 * Estimates the bytes of a table as a file from its first rows: exact but for the head in formats of
 * arrays, before compression in Parquet. `table` is the table as the format holds it (`formatted`).
 */
export function estimateBytes(table: Table, format: TableFormat, first: TableChunk | null): number {
  switch (format) {
    case 'npy':
      return headBytes + (table.matrix ? matrixBytes(table, table.matrix) : recordBytes(table));
    case 'npz':
      return headBytes + regionBytes(table, 'utf-32');
    case 'safetensors':
      return headBytes + regionBytes(table, 'utf-8');
    case 'parquet':
    case 'csv':
    case 'jsonl':
      return headBytes + table.count * rowBytes(table, format, first);
  }
}

function regionBytes(table: Table, encoding: 'utf-8' | 'utf-32'): number {
  return arrayRegions(table, encoding).reduce((sum, { bytes }) => sum + bytes, 0);
}

function matrixBytes({ columns, count }: Table, names: readonly string[]): number {
  const widths = columns.map((column) =>
    column.kind === 'number' && names.includes(column.name) ? (column.length ?? 1) : 0,
  );
  return 4 * count * widths.reduce((sum, width) => sum + width, 0);
}

function recordBytes({ columns, count }: Table): number {
  const bytes = columns.map((column) => fixedColumn(column, 'utf-32').bytesPerRow);
  return count * bytes.reduce((sum, own) => sum + own, 0);
}

const sampledRows = 64;

/** The mean bytes of one of the first rows. */
function rowBytes(table: Table, format: 'parquet' | 'csv' | 'jsonl', first: TableChunk | null) {
  const count = Math.min(sampledRows, first?.count ?? 0);
  if (first === null || count === 0) return 0;
  let bytes = 0;
  for (let row = 0; row < count; row++) {
    for (const [index, column] of table.columns.entries()) {
      const cell = cellOf(column, first.values[index] ?? [], row);
      if (format === 'parquet') bytes += cellBytes(cell);
      else bytes += Buffer.byteLength(JSON.stringify(cell)) + 1;
      if (format === 'jsonl') bytes += column.name.length + 3;
    }
  }
  return bytes / count;
}

function cellBytes(cell: ReturnType<typeof cellOf>): number {
  if (typeof cell === 'string') return 4 + Buffer.byteLength(cell);
  if (typeof cell === 'boolean') return 1;
  if (typeof cell !== 'object' || cell === null) return 8;
  return cell.reduce<number>(
    (sum, part) => sum + (typeof part === 'string' ? 4 + Buffer.byteLength(part) : 4),
    8,
  );
}
