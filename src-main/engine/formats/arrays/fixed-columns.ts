import { EngineError } from '../../../contract/errors/errors.ts';
import { pictureParts } from '../tables/flat-columns.ts';
import { longestOf } from '../tables/table.ts';
import type {
  ColumnValues,
  NumberArray,
  NumberType,
  Table,
  TableColumn,
  TextLength,
} from '../tables/table.ts';

/** How a format of arrays stores text: NumPy as UTF-32 of fixed length, safetensors as padded UTF-8. */
export type TextEncoding = 'utf-32' | 'utf-8';

/** A column whose rows all have the same number of bytes, as formats of arrays need it. */
export interface FixedColumn {
  readonly name: string;
  /** The type of each row: a number type, or text of a number of characters or bytes. */
  readonly type: NumberType | 'text';
  /**
   * The shape of one row: [] for a single value. For text the number of characters (UTF-32) or bytes
   * (UTF-8).
   */
  readonly length: number;
  readonly bytesPerRow: number;
  encode(values: ColumnValues): Uint8Array;
}

const bytesOf: Readonly<Record<NumberType, number>> = {
  float32: 4,
  float64: 8,
  int32: 4,
  uint16: 2,
  uint8: 1,
  boolean: 1,
};

/**
 * A column as an array of fixed rows. Pictures are stored as indices into the list of pictures.
 * @throws EngineError bad-argument for a column of lists
 */
export function fixedColumn(column: TableColumn, encoding: TextEncoding): FixedColumn {
  const { name } = column;
  switch (column.kind) {
    case 'number':
      return numberColumn(name, column.type, column.length ?? 1);
    case 'picture':
      return numberColumn(name, 'int32', 1);
    case 'choice':
      // NumPy has text; in a tensor, the index of the name is smaller and simpler to use.
      if (encoding === 'utf-8') return numberColumn(name, 'uint8', 1);
      return {
        ...textColumn(name, longestOf(column.names), encoding),
        encode: (values) =>
          encodeTexts(
            Array.from(values as Uint8Array, (index) => column.names[index] ?? ''),
            longestOf(column.names),
            encoding,
          ),
      };
    case 'text':
      return textColumn(name, column.longest, encoding);
    case 'list':
      throw new EngineError(
        'bad-argument',
        `The column "${name}" holds lists of different lengths, which arrays cannot; take parquet or jsonl.`,
      );
  }
}

/** The list of pictures as columns, for formats that store pictures as indices into it. */
export function pictureColumns(
  { pictures, columns }: Table,
  encoding: TextEncoding,
): { readonly column: FixedColumn; readonly values: readonly string[] }[] {
  if (!columns.some(({ kind }) => kind === 'picture')) return [];
  return pictureParts(pictures).map(({ part: name, values }) => ({
    column: textColumn(name, longestOf(values), encoding),
    values,
  }));
}

function numberColumn(name: string, type: NumberType, length: number): FixedColumn {
  return {
    name,
    type,
    length,
    bytesPerRow: length * bytesOf[type],
    encode: (values) => {
      const { buffer, byteOffset, byteLength } = values as NumberArray;
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  };
}

function textColumn(name: string, longest: TextLength, encoding: TextEncoding): FixedColumn {
  const isWide = encoding === 'utf-32';
  return {
    name,
    type: 'text',
    length: isWide ? longest.characters : longest.bytes,
    bytesPerRow: isWide ? 4 * longest.characters : longest.bytes,
    encode: (values) => encodeTexts(values as readonly string[], longest, encoding),
  };
}

function encodeTexts(
  values: readonly string[],
  { characters, bytes }: TextLength,
  encoding: TextEncoding,
): Uint8Array {
  if (encoding === 'utf-8') {
    const encoded = Buffer.alloc(values.length * bytes);
    for (const [row, value] of values.entries()) encoded.write(value, row * bytes, 'utf8');
    return encoded;
  }
  const points = new Uint32Array(values.length * characters);
  for (const [row, value] of values.entries()) {
    let index = row * characters;
    for (const character of value) points[index++] = character.codePointAt(0) ?? 0;
  }
  return new Uint8Array(points.buffer);
}
