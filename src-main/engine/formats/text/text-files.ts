import { csvCell, csvLine } from '../../../contract/csv-line.ts';
import { cellOf } from '../tables/cell-values.ts';
import type { Cell } from '../tables/cell-values.ts';
import type { Table, TableColumn } from '../tables/table.ts';
import type { OutputFile } from '../tables/output-file.ts';

/**
 * Writes comma-separated values with a head (RFC 4180, UTF-8); a column of several numbers becomes
 * several columns.
 */
export async function writeCsv(table: Table, file: OutputFile): Promise<void> {
  await file.text(`${csvLine(csvHead(table.columns))}\n`);
  for await (const { count, values } of table.chunks()) {
    const lines = Array.from({ length: count }, (_, row) =>
      table.columns
        .flatMap((column, index) => csvCells(column, cellOf(column, values[index] ?? [], row)))
        .join(','),
    );
    await file.text(`${lines.join('\n')}\n`);
  }
}

/** Writes one JSON object per line. */
export async function writeJsonLines(table: Table, file: OutputFile): Promise<void> {
  const { columns } = table;
  for await (const { count, values } of table.chunks()) {
    const lines = Array.from({ length: count }, (_, row) => {
      const cells = columns.map((column, index) => [
        column.name,
        cellOf(column, values[index] ?? [], row),
      ]);
      return JSON.stringify(Object.fromEntries(cells));
    });
    await file.text(`${lines.join('\n')}\n`);
  }
}

/** The head of a CSV file: `vector` of three numbers is `vector_0`, `vector_1`, `vector_2`. */
function csvHead(columns: readonly TableColumn[]): string[] {
  return columns.flatMap((column) => {
    const length = column.kind === 'number' ? (column.length ?? 1) : 1;
    if (length === 1) return [column.name];
    return Array.from({ length }, (_, index) => `${column.name}_${index}`);
  });
}

function csvCells(column: TableColumn, cell: Cell): string[] {
  if (typeof cell === 'string') return [csvCell(cell)];
  if (typeof cell !== 'object') return [String(cell)];
  if (cell === null) return [''];
  if (column.kind === 'list') return [csvCell(JSON.stringify(cell))];
  return cell.map((value) => (value === null ? '' : String(value)));
}
