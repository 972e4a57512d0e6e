import type { ExportPreview, TableFormat } from '../../../contract/exports.ts';
import { cellOf } from '../../formats/tables/cell-values.ts';
import { estimateBytes } from '../destination/estimate-bytes.ts';
import { formatted, neededBytes } from '../../formats/table-writers.ts';
import { flatTable } from '../../formats/tables/flat-columns.ts';
import type { Table, TableColumn } from '../../formats/tables/table.ts';
import { firstChunk } from './write-table.ts';

const shownNumbers = 4;

/** Describes a table as a file: its columns, its first rows as text, and the number of rows and bytes. */
export async function previewTable(
  table: Table,
  format: TableFormat,
  rows: number,
): Promise<ExportPreview> {
  const flat = flatTable(table);
  const first = await firstChunk(flat);
  const bytes = estimateBytes(formatted(table, format), format, first);
  const shown = Math.min(rows, first?.count ?? 0);
  return {
    columns: flat.columns.map((column) => ({
      name: column.name,
      type: typeInWords(column),
      unit: column.unit,
      meaning: column.meaning,
    })),
    rows: Array.from({ length: shown }, (_, row) =>
      flat.columns.map((column, index) => inWords(cellOf(column, first?.values[index] ?? [], row))),
    ),
    count: table.count,
    bytes,
    neededBytes: neededBytes(format, bytes),
  };
}

function typeInWords(column: TableColumn): string {
  switch (column.kind) {
    case 'number':
      return (column.length ?? 1) > 1 ? `${column.type}[${column.length ?? 1}]` : column.type;
    case 'list':
      return `${column.of}[]`;
    case 'choice':
    case 'text':
    case 'picture':
      return 'text';
  }
}

function inWords(cell: ReturnType<typeof cellOf>): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return numberInWords(cell);
  if (typeof cell !== 'object') return String(cell);
  const parts = cell.slice(0, shownNumbers).map(inWords);
  return `${parts.join(', ')}${cell.length > shownNumbers ? ', …' : ''}`;
}

function numberInWords(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
