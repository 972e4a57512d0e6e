import type { OutputFile } from '../tables/output-file.ts';
import type { Table } from '../tables/table.ts';
import { fixedColumn, pictureColumns } from './fixed-columns.ts';
import type { FixedColumn, TextEncoding } from './fixed-columns.ts';

/** An array of a file of arrays, and where its bytes lie. */
export interface ArrayRegion {
  readonly column: FixedColumn;
  readonly rows: number;
  readonly start: number;
  readonly bytes: number;
}

/**
 * Where each column's bytes lie when all lie end to end, from 0: known before any row is, so that
 * columns can be written side by side. After the table's columns comes its list of pictures.
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

/** Writes every row of the table, and its list of pictures, into their regions from `origin` on. */
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
    for (const [at, { column, place }] of columns.entries()) {
      const start = origin + (regions[at]?.start ?? 0) + row * column.bytesPerRow;
      await file.writeAt(start, column.encode(values[place] ?? []));
    }
    row += count;
  }
  for (const [at, { column, values }] of pictureColumns(table, encoding).entries()) {
    const start = origin + (regions[columns.length + at]?.start ?? 0);
    await file.writeAt(start, column.encode(values));
  }
}

/** A picture column without a name is left out: row r is about picture r of the list. */
function tableColumns(table: Table, encoding: TextEncoding) {
  return table.columns.flatMap((column, place) =>
    column.kind === 'picture' && column.name === ''
      ? []
      : [{ column: fixedColumn(column, encoding), place }],
  );
}
