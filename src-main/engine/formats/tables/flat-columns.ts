import { longestOf } from './table.ts';
import type { ColumnValues, Table, TableChunk, TableColumn } from './table.ts';

/** The three columns of text that stand for a picture in formats of text. */
const pictureParts = [
  { part: 'hash', list: 'hashes', meaning: 'SHA-256 of the file’s bytes' },
  { part: 'path', list: 'paths', meaning: 'path in the scanned folder' },
  { part: 'label', list: 'labels', meaning: 'label' },
] as const;

/** The names of the columns that a column has in a file of text. */
export function flatNames({ kind, name }: TableColumn): string[] {
  if (kind !== 'picture') return [name];
  return pictureParts.map(({ part }) => (name === '' ? part : `${name}_${part}`));
}

/** The same table with each picture column as three columns of text: hash, path and label. */
export function flatTable(table: Table): Table {
  const { columns, pictures } = table;
  return {
    ...table,
    columns: columns.flatMap((column): TableColumn[] => {
      if (column.kind !== 'picture') return [column];
      const names = flatNames(column);
      return pictureParts.map(({ list, meaning }, index) => ({
        kind: 'text',
        name: names[index] ?? '',
        unit: '',
        meaning: `${column.meaning}: ${meaning}`,
        longest: longestOf(pictures[list]),
      }));
    }),
    async *chunks(): AsyncGenerator<TableChunk> {
      for await (const { count, values } of table.chunks()) {
        yield {
          count,
          values: columns.flatMap((column, index): ColumnValues[] => {
            const held = values[index] ?? [];
            if (column.kind !== 'picture') return [held];
            return pictureParts.map(({ list }) =>
              Array.from(held as Int32Array, (index) => pictures[list][index] ?? ''),
            );
          }),
        };
      }
    },
  };
}
