import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import type { OutputFile } from '../tables/output-file.ts';

/** A column of a Parquet file: its own schema element and those below it, and how it is encoded. */
export interface ParquetColumn {
  readonly schema: readonly [SchemaElement, ...SchemaElement[]];
  readonly encoded?: Pick<ColumnSource, 'encoding' | 'statistics' | 'codec'>;
}

interface ParquetOptions {
  readonly columns: readonly ParquetColumn[];
  /** Becomes key-value metadata. */
  readonly source: Readonly<Record<string, string>>;
  /** Rows that are held in memory and written together. */
  readonly groupRows: number;
}

/** Writes an Apache Parquet file, Snappy-compressed, a row group at a time. */
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

  /** Appends rows: the same number of cells for each column. */
  async add(cells: readonly Iterable<unknown>[]): Promise<void> {
    for (const [place, own] of cells.entries()) {
      const waiting = this.#waiting[place] ?? [];
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
    const columnData = columns.map(({ schema, encoded }, place) => ({
      name: schema[0].name,
      data: this.#waiting[place] ?? [],
      ...encoded,
    }));
    this.#waiting = columns.map(() => []);
    await this.#parquet.write({ columnData, rowGroupSize: 2 * groupRows });
  }
}

/** The schema of a list of values that are all there. */
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
