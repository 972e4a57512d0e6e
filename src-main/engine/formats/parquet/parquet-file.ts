import type { SchemaElement } from 'hyparquet-writer';
import type { OutputFile } from '../tables/output-file.ts';
import type { ColumnValues, NumberArray, Table, TableColumn } from '../tables/table.ts';
import { listSchema, ParquetRows } from './parquet-rows.ts';
import type { ParquetColumn } from './parquet-rows.ts';

/** Rows of a row group; a row group has fewer where a row holds many numbers. */
const rowsPerGroup = 16_384;
const numbersPerGroup = 1 << 21;

/**
 * Writes an Apache Parquet file in row groups. Vectors and lists are lists of their elements, a missing
 * number or choice is null, and the source is key-value metadata.
 */
export async function writeParquet(table: Table, file: OutputFile): Promise<void> {
  const { columns, source } = table;
  const groupRows = rowGroupRows(columns);
  const rows = new ParquetRows(file, { columns: columns.map(parquetColumn), source, groupRows });
  for await (const { values } of table.chunks()) {
    await rows.add(columns.map((column, index) => parquetCells(column, values[index] ?? [])));
  }
  await rows.finish();
}

function rowGroupRows(columns: readonly TableColumn[]): number {
  const widest = Math.max(
    ...columns.map((column) => (column.kind === 'number' ? (column.length ?? 1) : 1)),
  );
  return Math.max(1, Math.min(rowsPerGroup, Math.floor(numbersPerGroup / widest)));
}

const physicalTypes = {
  float32: 'FLOAT',
  float64: 'DOUBLE',
  int32: 'INT32',
  uint16: 'INT32',
  uint8: 'INT32',
  boolean: 'BOOLEAN',
} as const;

/** A column of a table (not of pictures) as a column of a Parquet file. */
export function parquetColumn(column: TableColumn): ParquetColumn {
  const isVector = column.kind === 'number' && (column.length ?? 1) > 1;
  // A dictionary would only be tried and dropped: no two coordinates of vectors are alike.
  const encoded = { encoding: 'PLAIN', statistics: false } as const;
  return { schema: schemaOf(column), ...(isVector && { encoded }) };
}

function schemaOf(column: TableColumn): [SchemaElement, ...SchemaElement[]] {
  const { name } = column;
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  if (column.kind === 'list') {
    return listSchema(name, column.of === 'text' ? text : { type: physicalTypes[column.of] });
  }
  if (column.kind === 'choice') return [{ name, ...text, repetition_type: 'OPTIONAL' }];
  if (column.kind !== 'number') return [{ name, ...text, repetition_type: 'REQUIRED' }];
  const type = physicalTypes[column.type];
  if ((column.length ?? 1) > 1) return listSchema(name, { type });
  return [{ name, type, repetition_type: mayBeMissing(column) ? 'OPTIONAL' : 'REQUIRED' }];
}

function mayBeMissing({ type, missing }: Extract<TableColumn, { kind: 'number' }>): boolean {
  return missing !== undefined || type.startsWith('float');
}

/** The cells of a column, from its values of some rows. */
export function parquetCells(column: TableColumn, values: ColumnValues): Iterable<unknown> {
  if (column.kind === 'choice') {
    return Array.from(values as Uint8Array, (index) => column.names[index] ?? null);
  }
  if (column.kind !== 'number') return values;
  const numbers = values as NumberArray;
  const { length = 1, type, missing } = column;
  if (length > 1) {
    return Array.from({ length: numbers.length / length }, (_, row) =>
      Array.from(numbers.subarray(row * length, (row + 1) * length)),
    );
  }
  if (type === 'boolean') return Array.from(numbers, (value) => value === 1);
  if (!mayBeMissing(column)) return numbers;
  return Array.from(numbers, (value) => (Number.isNaN(value) || value === missing ? null : value));
}
