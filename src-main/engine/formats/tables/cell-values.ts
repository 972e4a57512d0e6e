import type { ColumnValues, NumberArray, TableColumn } from './table.ts';

export type Cell = string | number | boolean | null | readonly (string | number | null)[];

/** The value of a column (text, number, choice or list) in a row; null for a missing number. */
export function cellOf(column: TableColumn, values: ColumnValues, row: number): Cell {
  switch (column.kind) {
    case 'text':
      return (values as readonly string[])[row] ?? '';
    case 'list':
      return ((values as readonly (readonly (string | number)[])[])[row] ?? []).map((value) =>
        typeof value === 'number' ? numberOf(value, column.of === 'float32') : value,
      );
    case 'choice':
      return column.names[(values as Uint8Array)[row] ?? -1] ?? null;
    case 'picture':
      return (values as Int32Array)[row] ?? -1;
    case 'number':
      return numbersOf(column, values as NumberArray, row);
  }
}

function numbersOf(
  { type, length = 1, missing }: Extract<TableColumn, { kind: 'number' }>,
  numbers: NumberArray,
  row: number,
): Cell {
  if (type === 'boolean') return numbers[row] === 1;
  if (missing !== undefined && numbers[row] === missing) return null;
  if (length === 1) return numberOf(numbers[row] ?? NaN, type === 'float32');
  const own = numbers.subarray(row * length, (row + 1) * length);
  return Array.from(own, (value) => numberOf(value, type === 'float32'));
}

/** A float32 with nine digits, which are enough to read the same float32 back. */
function numberOf(value: number, isSingle: boolean): number | null {
  if (!Number.isFinite(value)) return null;
  return isSingle ? Number(value.toPrecision(9)) : value;
}
