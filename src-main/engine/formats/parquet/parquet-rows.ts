import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import type { OutputFile } from '../tables/output-file.ts';

/** A column of a Parquet file: its schema element, the elements below it, and its encoding. */
export interface ParquetColumn {
  readonly schema: readonly [SchemaElement, ...SchemaElement[]];
  readonly encoded?: Pick<ColumnSource, 'encoding' | 'statistics' | 'codec'>;
}

interface ParquetOptions {
  readonly columns: readonly ParquetColumn[];
  /** Written as key-value metadata. */
  readonly source: Readonly<Record<string, string>>;
  /** How many rows are held in memory and written together, as a row group. */
  readonly groupRows: number;
}

/** Writes an Apache Parquet file, Snappy-compressed, one row group at a time. */
export class ParquetRows {
  readonly #options: ParquetOptions;
  readonly #parquet: ParquetWriter;
  #waiting: unknown[][];

  constructor(file: OutputFile, options: ParquetOptions) {
    const { columns, source } = options;
    this.#options = options;
    this.#waiting = columns.map(() => []);
    this.#parquet = new ParquetWriter({
      writer: fileWriter(file),
      schema: [
        { name: 'table', num_children: columns.length },
        ...columns.flatMap(({ schema }) => schema),
      ],
      kvMetadata: Object.entries(source).map(([key, value]) => ({ key, value })),
      createdBy: 'negatoscope',
    });
  }

  /** Appends rows, given as cells by column; all columns have the same number of cells. */
  async add(cells: readonly Iterable<unknown>[]): Promise<void> {
    for (const [index, own] of cells.entries()) {
      const waiting = this.#waiting[index] ?? [];
      for (const cell of own) waiting.push(cell);
    }
    if ((this.#waiting[0]?.length ?? 0) >= this.#options.groupRows) await this.#flush();
  }

  async finish(): Promise<void> {
    if ((this.#waiting[0]?.length ?? 0) > 0) await this.#flush();
    await this.#parquet.finish();
  }

  async #flush(): Promise<void> {
    const { columns, groupRows } = this.#options;
    const columnData = columns.map(({ schema, encoded }, index) => ({
      name: schema[0].name,
      data: this.#waiting[index] ?? [],
      ...encoded,
    }));
    this.#waiting = columns.map(() => []);
    await this.#parquet.write({ columnData, rowGroupSize: 2 * groupRows });
  }
}

/** The schema of a list none of whose values is null. */
export function listSchema(
  name: string,
  element: Pick<SchemaElement, 'type' | 'converted_type'>,
): [SchemaElement, ...SchemaElement[]] {
  return [
    { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...element, repetition_type: 'REQUIRED' },
  ];
}

/** hyparquet's writer, whose bytes are written to the file after each row group. */
function fileWriter(file: OutputFile): ByteWriter {
  const writer = new ByteWriter();
  const flush = async (): Promise<void> => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    await file.append(bytes);
  };
  return Object.assign(writer, { flush, finish: flush });
}
