import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import type { OutputFile } from '../output-file.ts';
import type { ColumnValues, NumberArray, Table, TableColumn } from '../table.ts';

/** Rows of a row group; a row of many numbers makes it smaller. */
const rowsPerGroup = 16_384;
const numbersPerGroup = 1 << 21;

/**
 * An Apache Parquet file, Snappy-compressed, in row groups: vectors and lists are lists of their
 * elements, a number that there is not is null, and the source is key-value metadata.
 */
export async function writeParquet(table: Table, file: OutputFile): Promise<void> {
  const { columns } = table;
  const writer = fileWriter(file);
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'table', num_children: columns.length }, ...columns.flatMap(schemaOf)],
    kvMetadata: Object.entries(table.source).map(([key, value]) => ({ key, value })),
    createdBy: 'negatoscope',
  });
  const groupRows = rowGroupRows(columns);
  let waiting: unknown[][] = columns.map(() => []);
  const flush = async (): Promise<void> => {
    const columnData = columns.map((column, place) => sourceOf(column, waiting[place] ?? []));
    waiting = columns.map(() => []);
    await parquet.write({ columnData, rowGroupSize: groupRows + rowsPerGroup });
  };
  for await (const { values } of table.chunks()) {
    for (const [place, column] of columns.entries()) {
      const cells = waiting[place] ?? [];
      for (const cell of parquetCells(column, values[place] ?? [])) cells.push(cell);
    }
    if ((waiting[0]?.length ?? 0) >= groupRows) await flush();
  }
  if ((waiting[0]?.length ?? 0) > 0) await flush();
  await parquet.finish();
}

function rowGroupRows(columns: readonly TableColumn[]): number {
  const widest = Math.max(
    ...columns.map((column) => (column.kind === 'number' ? (column.length ?? 1) : 1)),
  );
  return Math.max(1, Math.min(rowsPerGroup, Math.floor(numbersPerGroup / widest)));
}

/** The library's writer, whose bytes go to the file after each row group. */
function fileWriter(file: OutputFile): ByteWriter {
  const writer = new ByteWriter();
  const flush = async (): Promise<void> => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    await file.append(bytes);
  };
  return Object.assign(writer, { flush, finish: flush });
}

const physicalTypes = {
  float32: 'FLOAT',
  float64: 'DOUBLE',
  int32: 'INT32',
  uint16: 'INT32',
  uint8: 'INT32',
  boolean: 'BOOLEAN',
} as const;

function schemaOf(column: TableColumn): SchemaElement[] {
  const { name } = column;
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  if (column.kind === 'list') {
    return listOf(name, column.of === 'text' ? text : { type: physicalTypes[column.of] });
  }
  if (column.kind !== 'number') return [{ name, ...text, repetition_type: 'REQUIRED' }];
  const type = physicalTypes[column.type];
  if ((column.length ?? 1) > 1) return listOf(name, { type });
  return [{ name, type, repetition_type: isFloat(column) ? 'OPTIONAL' : 'REQUIRED' }];
}

function listOf(name: string, element: Pick<SchemaElement, 'type' | 'converted_type'>) {
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...element, repetition_type: 'REQUIRED' },
  ] satisfies SchemaElement[];
}

function sourceOf(column: TableColumn, data: unknown[]): ColumnSource {
  const isVector = column.kind === 'number' && (column.length ?? 1) > 1;
  // No two coordinates of vectors are alike: a dictionary would only be tried and dropped.
  return { name: column.name, data, ...(isVector && { encoding: 'PLAIN', statistics: false }) };
}

function isFloat(column: TableColumn): boolean {
  return column.kind === 'number' && column.type.startsWith('float');
}

function parquetCells(column: TableColumn, values: ColumnValues): Iterable<unknown> {
  if (column.kind === 'choice') {
    return Array.from(values as Uint8Array, (place) => column.names[place] ?? '');
  }
  if (column.kind !== 'number') return values;
  const numbers = values as NumberArray;
  const { length = 1, type } = column;
  if (length > 1) {
    return Array.from({ length: numbers.length / length }, (_, row) =>
      Array.from(numbers.subarray(row * length, (row + 1) * length)),
    );
  }
  if (type === 'boolean') return Array.from(numbers, (value) => value === 1);
  if (!isFloat(column)) return numbers;
  return Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
}
