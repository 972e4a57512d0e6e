import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet';
import type { FileMetaData } from 'hyparquet';
import { getTreePath } from './hyparquet-internals.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { toldReason } from '../../../contract/errors/told-reason.ts';
import type { ImportColumn } from '../../../contract/imports.ts';
import { commonestLength } from '../tables/commonest-length.ts';
import type { ImportTable, VectorRows } from '../tables/import-table.ts';
import { rowsPerChunk } from '../tables/import-table.ts';
import { numberedColumns } from '../tables/numbered-columns.ts';
import { parquetColumns } from './parquet-columns.ts';
import type { ParquetColumn } from './parquet-columns.ts';
import { columnPages } from './parquet-pages.ts';
import type { ParquetPage } from './parquet-pages.ts';
import { levelsOf, listRows } from './parquet-lists.ts';
import { flatNumbers, NumberBlocks } from './parquet-numbers.ts';

/** Opens a Parquet file. @throws EngineError bad-argument where the file is not a complete one */
export async function openParquet(file: string): Promise<ImportTable> {
  const handle = await open(file);
  const name = basename(file);
  try {
    return await new ParquetFile(file, handle, await readMetadata(handle, name)).table();
  } catch (cause) {
    await handle.close();
    throw cause instanceof EngineError ? cause : damaged(name, cause);
  }
}

async function readMetadata(handle: FileHandle, name: string): Promise<FileMetaData> {
  const { size } = await handle.stat();
  const slice = async (start: number, end = size): Promise<ArrayBuffer> => {
    const bytes = new Uint8Array(end - start);
    await handle.read(bytes, 0, bytes.length, start);
    return bytes.buffer;
  };
  const mark = Buffer.from(size < 12 ? new ArrayBuffer(0) : await slice(size - 4)).toString();
  if (mark !== 'PAR1') {
    throw new EngineError(
      'bad-argument',
      `${name} is not a whole Parquet file: it does not end as one. It is cut off, encrypted, or of another kind.`,
    );
  }
  try {
    const metadata = await parquetMetadataAsync({ byteLength: size, slice }, { geoparquet: false });
    checkWhole(metadata);
    return metadata;
  } catch (cause) {
    throw damaged(name, cause);
  }
}

/** @throws Error where a column has no name, or the rows of the file are not those of its groups */
function checkWhole({ num_rows: rows, row_groups: groups, schema }: FileMetaData): void {
  const names: readonly unknown[] = schema.map(({ name }) => name);
  if (names.some((name) => typeof name !== 'string')) throw new Error('a column has no name');
  const own = groups.map(({ num_rows: count }) => count);
  const isWhole = own.every((count) => count >= 0n && count < 2n ** 40n);
  if (isWhole && own.reduce((sum, count) => sum + count, 0n) === rows) return;
  throw new Error(`it declares ${rows} rows, and others in its parts`);
}

function damaged(name: string, cause: unknown): EngineError {
  const reason = toldReason(cause, 'what it says of its columns makes no sense');
  return new EngineError('bad-argument', `${name} is a damaged Parquet file: ${reason}.`, {
    cause,
  });
}

class ParquetFile {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #metadata: FileMetaData;
  readonly #columns: readonly ParquetColumn[];

  constructor(file: string, handle: FileHandle, metadata: FileMetaData) {
    this.#file = file;
    this.#handle = handle;
    this.#metadata = metadata;
    this.#columns = parquetColumns(parquetSchema(metadata));
  }

  async table(): Promise<ImportTable> {
    const own: ImportColumn[] = [];
    for (const entry of this.#columns) own.push(await this.#withLength(entry));
    const sets = numberedColumns(own);
    const columns = [...own, ...sets.map(({ column }) => column)];
    return {
      file: this.#file,
      format: 'parquet',
      rows: Number(this.#metadata.num_rows),
      columns,
      texts: (name) => this.#texts(this.#column(name)),
      vectors: (name) => {
        const parts = sets.find(({ column }) => column.name === name)?.parts;
        if (parts) return this.#joined(parts);
        const length = columns.find((column) => column.name === name)?.length ?? 1;
        return this.#vectors(this.#column(name), length);
      },
      close: () => this.#handle.close(),
    };
  }

  /** The length of a column's vectors: that of most lists of its first page. */
  async #withLength(entry: ParquetColumn): Promise<ImportColumn> {
    const { column, content } = entry;
    if (column.kind !== 'vector' || column.length !== null) return column;
    for await (const page of this.#pages(entry)) {
      if (content === 'list') {
        const length = commonestLength(levelsOf(page, this.#path(entry)));
        if (length !== null) return { ...column, length };
      } else {
        const bytes = page.values.find((value: unknown) => value instanceof Uint8Array) as
          Uint8Array | undefined;
        if (bytes !== undefined) return asBytes(column, bytes);
      }
    }
    return column;
  }

  #column(name: string): ParquetColumn {
    const found = this.#columns.find(({ column }) => column.name === name);
    if (found === undefined) throw new Error(`${basename(this.#file)} has no column ${name}.`);
    return found;
  }

  #path({ path }: ParquetColumn) {
    return getTreePath(parquetSchema(this.#metadata), [...path]);
  }

  async *#pages(entry: ParquetColumn): AsyncGenerator<ParquetPage> {
    const key = entry.path.join('.');
    const source = {
      handle: this.#handle,
      name: basename(this.#file),
      schemaPath: this.#path(entry),
      utf8: entry.content === 'text',
    };
    for (const group of this.#metadata.row_groups) {
      const chunk = group.columns.find(
        ({ meta_data }) => meta_data?.path_in_schema.join('.') === key,
      );
      if (chunk) yield* this.#withFileName(columnPages(source, chunk), entry.column.name);
    }
  }

  /** Errors of the decoder name the file. */
  async *#withFileName(
    pages: AsyncGenerator<ParquetPage>,
    column: string,
  ): AsyncGenerator<ParquetPage> {
    try {
      yield* pages;
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      const reason = toldReason(cause, 'its bytes are not what its description says');
      const sentence = `The column ${column} of ${basename(this.#file)} cannot be read: ${reason}.`;
      throw new EngineError('bad-argument', sentence, { cause });
    }
  }

  async *#texts(entry: ParquetColumn): AsyncGenerator<(string | null)[]> {
    for await (const page of this.#pages(entry)) {
      if (entry.content === 'number') {
        yield Array.from(flatNumbers(page), (value) =>
          Number.isNaN(value) ? null : String(value),
        );
      } else {
        yield spread(page, (value) => textOf(value, entry.column.name));
      }
    }
  }

  async *#vectors(entry: ParquetColumn, dimensions: number): AsyncGenerator<VectorRows> {
    if (entry.content === 'list') {
      yield* listRows(this.#pages(entry), this.#path(entry), dimensions);
      return;
    }
    for await (const page of this.#pages(entry)) yield bytesRows(page, dimensions);
  }

  /** Joins number columns into vectors. */
  async *#joined(parts: readonly string[]): AsyncGenerator<VectorRows> {
    const streams = parts.map(
      (part) => new NumberBlocks(this.#pages(this.#column(part)), basename(this.#file)),
    );
    const total = Number(this.#metadata.num_rows);
    const most = rowsPerChunk(parts.length);
    for (let first = 0; first < total; first += most) {
      const rows = Math.min(most, total - first);
      const vectors = new Float32Array(rows * parts.length);
      for (const [index, stream] of streams.entries()) {
        await stream.fill(vectors, { start: index, step: parts.length, count: rows });
      }
      yield { vectors, lengths: null };
    }
  }
}

/**
 * Bytes that are valid UTF-8 are text that the writer did not mark as text; other bytes are float32
 * values.
 */
function asBytes(column: ImportColumn, bytes: Uint8Array): ImportColumn {
  const text = Buffer.from(bytes).toString('utf8');
  // eslint-disable-next-line no-control-regex
  const isText = !/[\u0000-\u0008\ufffd]/.test(text);
  if (isText) return { ...column, kind: 'text' };
  if (bytes.length % 4 !== 0) return { ...column, kind: 'other' };
  return { ...column, length: bytes.length / 4 };
}

function textOf(value: unknown, column: string): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (!(value instanceof Uint8Array)) return null;
  const bytes = Buffer.from(value);
  return /hash|sha/i.test(column) && bytes.length === 32 ? bytes.toString('hex') : bytes.toString();
}

/** Applies `of` to each row's value of a flat column: nulls, which `values` leaves out, included. */
function spread<T>({ values, definitionLevels }: ParquetPage, of: (value: unknown) => T): T[] {
  if (definitionLevels.length === 0) return Array.from(values, of);
  let next = 0;
  return Array.from(definitionLevels, (level) => of(level > 0 ? values[next++] : null));
}

function bytesRows(page: ParquetPage, dimensions: number): VectorRows {
  const rows = spread(page, (value) => (value instanceof Uint8Array ? value : null));
  const vectors = new Float32Array(rows.length * dimensions).fill(NaN);
  const lengths = new Uint32Array(rows.length);
  for (const [row, bytes] of rows.entries()) {
    lengths[row] = (bytes?.length ?? 0) / 4;
    if (bytes?.length !== 4 * dimensions) continue;
    const target = new Uint8Array(vectors.buffer, 4 * row * dimensions, bytes.length);
    target.set(bytes);
  }
  return { vectors, lengths };
}
