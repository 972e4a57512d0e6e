import type { FileHandle } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { ColumnChunk, CompressionCodec, DecodedArray, SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { convert, DEFAULT_PARSERS, parquetHeader, readPlain } from './hyparquet-internals.ts';
import { truncated } from '../tables/byte-pieces.ts';
import { readPage, uncompressedPage, valuesOfDictionary } from './parquet-values.ts';
import type { PageDecoder, PageHeader } from './parquet-values.ts';

/**
 * The values of one page. `definitionLevels` is empty where nothing is null; in a flat column,
 * `repetitionLevels` is empty.
 */
export interface ParquetPage {
  readonly values: DecodedArray;
  readonly definitionLevels: Uint8Array;
  readonly repetitionLevels: Uint8Array;
}

interface ChunkSource {
  readonly handle: FileHandle;
  /** The file's name, for errors. */
  readonly name: string;
  readonly schemaPath: SchemaTree[];
  /** Whether byte arrays are text. */
  readonly utf8: boolean;
}

const windowBytes = 1_048_576;

const decompressors: Partial<
  Record<CompressionCodec, (input: Uint8Array, size: number) => Uint8Array>
> = {
  ...compressors,
  GZIP: (input, size) => gunzipSync(input, { maxOutputLength: size }),
  ZSTD: (input, size) => zstdDecompressSync(input, { maxOutputLength: size }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: size }),
};

/** A page of DuckDB holds 25 million values; more of them would be a lie, or not fit in memory. */
const mostPageValues = 2 ** 25;
const mostPageBytes = 2 ** 29;

function checkSizes({
  compressed_page_size: stored,
  uncompressed_page_size: size,
}: PageHeader): void {
  if (stored >= 0 && size >= 0 && stored <= mostPageBytes && size <= mostPageBytes) return;
  throw new RangeError(`A page declares ${stored} bytes for ${size}.`);
}

function checkCount(count: number, most: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= most) return;
  throw new RangeError(`A page declares ${count} values, and there can be ${most}.`);
}

/**
 * Reads the pages of one column of a row group, decoded one at a time. hyparquet itself holds a whole
 * row group in memory, for which pyarrow allows a million rows.
 * @throws EngineError bad-argument when the file ends too early
 */
export async function* columnPages(
  source: ChunkSource,
  { meta_data: meta }: ColumnChunk,
): AsyncGenerator<ParquetPage> {
  if (meta === undefined) throw new Error(`${source.name} describes a column without its data.`);
  const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
  const end = start + Number(meta.total_compressed_size);
  const { schemaPath, utf8 } = source;
  const element = schemaPath.at(-1)?.element;
  if (element === undefined) throw new Error(`${source.name} has a column without a type.`);
  const decoder = {
    ...meta,
    pathInSchema: meta.path_in_schema,
    element,
    schemaPath,
    utf8,
    compressors: decompressors,
    parsers: DEFAULT_PARSERS,
  };
  const bytes = new PageReader(source.handle, start, end, source.name);
  let dictionary: DecodedArray | undefined;
  let valuesLeft = Number(meta.num_values);
  while (valuesLeft > 0) {
    const { header, page } = await bytes.nextPage();
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = convert(readDictionary(page, header, decoder), decoder);
      continue;
    }
    const described = header.data_page_header ?? header.data_page_header_v2;
    if (described === undefined) continue;
    checkCount(described.num_values, Math.min(valuesLeft, mostPageValues));
    const { definitionLevels, repetitionLevels, dataPage } = readPage(page, header, decoder);
    valuesLeft -= described.num_values;
    const values =
      dataPage instanceof Uint32Array
        ? valuesOfDictionary(dataPage, dictionary ?? [])
        : convert(dataPage, decoder);
    yield { values, definitionLevels, repetitionLevels };
  }
}

function readDictionary(page: Uint8Array, header: PageHeader, decoder: PageDecoder): DecodedArray {
  const { type, element } = decoder;
  const plain = uncompressedPage(page, header, decoder);
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const count = header.dictionary_page_header?.num_values ?? 0;
  checkCount(count, plain.length * 8);
  return readPlain({ view, offset: 0 }, type, count, element.type_length);
}

/**
 * Reads the pages of a column one after the other from a part of the file that it holds in memory, the
 * window.
 */
class PageReader {
  readonly #handle: FileHandle;
  readonly #end: number;
  readonly #name: string;
  #window = Buffer.alloc(0);
  /** The byte in the file at which the window begins. */
  #windowStart: number;
  #offset = 0;

  constructor(handle: FileHandle, start: number, end: number, name: string) {
    this.#handle = handle;
    this.#windowStart = start;
    this.#end = end;
    this.#name = name;
  }

  async nextPage(): Promise<{ header: PageHeader; page: Uint8Array }> {
    const header = await this.#nextHeader();
    checkSizes(header);
    const end = this.#windowStart + this.#offset + header.compressed_page_size;
    if (end > this.#end) throw truncated(this.#name);
    // A page gets its own memory, because decoders use whole buffers and need alignment.
    const page = new Uint8Array(header.compressed_page_size);
    const known = Math.min(page.length, this.#window.length - this.#offset);
    page.set(this.#window.subarray(this.#offset, this.#offset + known));
    this.#offset += known;
    await this.#readBehind(page.subarray(known));
    return { header, page };
  }

  /** Reads the rest of a page from the file, behind what the window holds, and empties the window. */
  async #readBehind(rest: Uint8Array): Promise<void> {
    if (rest.length === 0) return;
    const start = this.#windowStart + this.#offset;
    const { bytesRead } = await this.#handle.read(rest, 0, rest.length, start);
    if (bytesRead < rest.length) throw truncated(this.#name);
    this.#window = Buffer.alloc(0);
    this.#windowStart = start + rest.length;
    this.#offset = 0;
  }

  async #nextHeader(): Promise<PageHeader> {
    for (let wanted = 4096; ; wanted *= 4) {
      const isAll = wanted >= this.#end - this.#windowStart - this.#offset;
      if (this.#window.length - this.#offset < wanted) await this.#fill(wanted);
      const { buffer, byteOffset } = this.#window;
      const view = new DataView(
        buffer,
        byteOffset + this.#offset,
        this.#window.length - this.#offset,
      );
      const reader = { view, offset: 0 };
      try {
        const header = parquetHeader(reader);
        this.#offset += reader.offset;
        return header;
      } catch (error) {
        // A header with long statistics may be longer than what was read so far.
        if (!(error instanceof RangeError) || isAll) throw error;
      }
    }
  }

  /** Moves the window so that it holds at least `wanted` bytes from here on, or all that are left. */
  async #fill(wanted: number): Promise<void> {
    const start = this.#windowStart + this.#offset;
    const length = Math.min(Math.max(wanted, windowBytes), this.#end - start);
    const buffer = Buffer.allocUnsafeSlow(Math.max(length, 0));
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, start);
    if (bytesRead < length || length <= 0) throw truncated(this.#name);
    this.#window = buffer;
    this.#windowStart = start;
    this.#offset = 0;
  }
}
