import type { OutputFile } from '../tables/output-file.ts';
import type { Table } from '../tables/table.ts';
import { fixedColumn, pictureColumns } from './fixed-columns.ts';
import type { FixedColumn, TextEncoding } from './fixed-columns.ts';

/** An array in a file of arrays, and where its bytes lie in the file. */
export interface ArrayRegion {
  readonly column: FixedColumn;
  readonly rows: number;
  readonly start: number;
  readonly bytes: number;
}

/**
 * The bytes of each column when all columns lie one after the other from 0. They are known before any
 * row is, so that the columns can be written side by side. The list of pictures follows the table's
 * columns.
 */
export function arrayRegions(table: Table, encoding: TextEncoding): ArrayRegion[] {
  const named = [
    ...tableColumns(table, encoding).map(({ column }) => ({ column, rows: table.count })),
    ...pictureColumns(table, encoding).map(({ column, values }) => ({
      column,
      rows: values.length,
    })),
  ];
  let start = 0;
  return named.map(({ column, rows }) => {
    const region = { column, rows, start, bytes: rows * column.bytesPerRow };
    start += region.bytes;
    return region;
  });
}

/**
 * Writes every row of the table and its list of pictures into their regions, counted from the byte
 * `origin`.
 */
export async function writeRegions(
  table: Table,
  encoding: TextEncoding,
  file: OutputFile,
  origin: number,
): Promise<void> {
  const regions = arrayRegions(table, encoding);
  const columns = tableColumns(table, encoding);
  let row = 0;
  for await (const { count, values } of table.chunks()) {
    for (const [region, { column, index }] of columns.entries()) {
      const start = origin + (regions[region]?.start ?? 0) + row * column.bytesPerRow;
      await file.writeAt(start, column.encode(values[index] ?? []));
    }
    row += count;
  }
  for (const [index, { column, values }] of pictureColumns(table, encoding).entries()) {
    const start = origin + (regions[columns.length + index]?.start ?? 0);
    await file.writeAt(start, column.encode(values));
  }
}

/** Leaves out a picture column without a name: there, row r is about picture r of the list. */
function tableColumns(table: Table, encoding: TextEncoding) {
  return table.columns.flatMap((column, index) =>
    column.kind === 'picture' && column.name === ''
      ? []
      : [{ column: fixedColumn(column, encoding), index }],
  );
}
