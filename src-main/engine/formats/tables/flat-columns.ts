import { longestOf } from './table.ts';
import type { ColumnValues, PictureList, Table, TableChunk, TableColumn } from './table.ts';

interface PicturePart {
  readonly part: string;
  readonly values: readonly string[];
  readonly meaning: string;
}

/** The columns of text that stand for a picture: hash, path, label and, where there are any, split. */
export function pictureParts({ hashes, paths, labels, splits }: PictureList): PicturePart[] {
  return [
    { part: 'hash', values: hashes, meaning: 'SHA-256 of the file’s bytes' },
    { part: 'path', values: paths, meaning: 'path in the scanned folder' },
    { part: 'label', values: labels, meaning: 'label' },
    ...(splits === null ? [] : [{ part: 'split', values: splits, meaning: 'split' }]),
  ];
}

/** The names of the columns that a column has in a file of text. */
export function flatNames({ kind, name }: TableColumn, pictures: PictureList): string[] {
  if (kind !== 'picture') return [name];
  return pictureParts(pictures).map(({ part }) => (name === '' ? part : `${name}_${part}`));
}

/** The same table with each picture column as columns of text: hash, path, label and split. */
export function flatTable(table: Table): Table {
  const { columns, pictures } = table;
  const parts = pictureParts(pictures);
  return {
    ...table,
    columns: columns.flatMap((column): TableColumn[] => {
      if (column.kind !== 'picture') return [column];
      const names = flatNames(column, pictures);
      return parts.map(({ values, meaning }, index) => ({
        kind: 'text',
        name: names[index] ?? '',
        unit: '',
        meaning: `${column.meaning}: ${meaning}`,
        longest: longestOf(values),
      }));
    }),
    async *chunks(): AsyncGenerator<TableChunk> {
      for await (const { count, values } of table.chunks()) {
        yield {
          count,
          values: columns.flatMap((column, index): ColumnValues[] => {
            const held = values[index] ?? [];
            if (column.kind !== 'picture') return [held];
            return parts.map(({ values: texts }) =>
              Array.from(held as Int32Array, (index) => texts[index] ?? ''),
            );
          }),
        };
      }
    },
  };
}
