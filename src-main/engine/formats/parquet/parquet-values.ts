import type { DecodedArray } from 'hyparquet';
import type { parquetHeader } from './hyparquet-internals.ts';
import { readRunLengths } from './run-lengths.ts';
import {
  decompressPage,
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  readDataPage,
  readDataPageV2,
} from './hyparquet-internals.ts';

export type PageHeader = ReturnType<typeof parquetHeader>;
export type PageDecoder = Parameters<typeof readDataPage>[2];

/** A page as stored: dictionary and types are not applied yet. */
interface RawPage {
  readonly dataPage: DecodedArray;
  /** Empty where no value is null. */
  readonly definitionLevels: Uint8Array;
  /** Empty in a flat column. */
  readonly repetitionLevels: Uint8Array;
}

/**
 * Reads a data page of version 1 or 2 by hyparquet, except for its levels, which are read as bytes: a
 * page of DuckDB holds 25 million values, whose levels as numbers would take 400 MB.
 */
export function readPage(page: Uint8Array, header: PageHeader, decoder: PageDecoder): RawPage {
  return header.data_page_header === undefined
    ? readSecondVersion(page, header, decoder)
    : readFirstVersion(uncompressedPage(page, header, decoder), header, decoder);
}

/** The uncompressed bytes of a page. */
export function uncompressedPage(
  page: Uint8Array,
  { uncompressed_page_size: size }: PageHeader,
  { codec, compressors }: PageDecoder,
): Uint8Array {
  return decompressPage(page, size, codec, compressors);
}

function readFirstVersion(page: Uint8Array, header: PageHeader, decoder: PageDecoder): RawPage {
  const described = header.data_page_header;
  if (described === undefined) throw new Error('A data page has no header.');
  const { num_values: count } = described;
  const reader = readerOf(page);
  const repetition = getMaxRepetitionLevel(decoder.schemaPath);
  const definition = getMaxDefinitionLevel(decoder.schemaPath);
  const repetitionLevels = readLevels(reader, repetition, count);
  const allLevels = readLevels(reader, definition, count);
  const present = definition === 0 ? count : timesOf(allLevels, definition);
  const values = page.subarray(reader.offset);
  const { dataPage } = isIndices(described.encoding, decoder)
    ? { dataPage: readIndices(values, present) }
    : readDataPage(values, { ...described, num_values: present }, withoutLevels(decoder));
  const definitionLevels = present === count ? new Uint8Array(0) : allLevels;
  return { dataPage, definitionLevels, repetitionLevels };
}

/** In version 2, levels are not compressed and their lengths are in the header. */
function readSecondVersion(page: Uint8Array, header: PageHeader, decoder: PageDecoder): RawPage {
  const described = header.data_page_header_v2;
  if (described === undefined) throw new Error('A data page has no header.');
  const {
    num_values: count,
    repetition_levels_byte_length: repetitionBytes,
    definition_levels_byte_length: definitionBytes,
  } = described;
  const reader = readerOf(page);
  const repetition = getMaxRepetitionLevel(decoder.schemaPath);
  const definition = getMaxDefinitionLevel(decoder.schemaPath);
  const repetitionLevels = readLevels(reader, repetition, count, repetitionBytes);
  reader.offset = repetitionBytes;
  const definitionLevels = readLevels(reader, definition, count, definitionBytes);
  const levelBytes = repetitionBytes + definitionBytes;
  const size = header.uncompressed_page_size - levelBytes;
  if (isIndices(described.encoding, decoder)) {
    const isPacked = described.is_compressed !== false && size > 0;
    const stored = page.subarray(levelBytes);
    const values = isPacked
      ? uncompressedPage(stored, { ...header, uncompressed_page_size: size }, decoder)
      : stored;
    const present = count - described.num_nulls;
    return { dataPage: readIndices(values, present), definitionLevels, repetitionLevels };
  }
  const { dataPage } = readDataPageV2(
    page.subarray(levelBytes),
    {
      ...header,
      uncompressed_page_size: size,
      data_page_header_v2: {
        ...described,
        repetition_levels_byte_length: 0,
        definition_levels_byte_length: 0,
      },
    },
    withoutLevels(decoder),
  );
  return { dataPage, definitionLevels, repetitionLevels };
}

interface ByteReader {
  readonly view: DataView;
  offset: number;
}

function readerOf(page: Uint8Array): ByteReader {
  return { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: 0 };
}

/** Reads `count` levels. `bytes` is their length, which version 1 stores before them. */
function readLevels(reader: ByteReader, most: number, count: number, bytes?: number): Uint8Array {
  if (most === 0) return new Uint8Array(0);
  const levels = new Uint8Array(count);
  const length = bytes ?? reader.view.getUint32(reader.offset, true);
  const start = bytes === undefined ? reader.offset + 4 : reader.offset;
  reader.offset = start;
  readRunLengths(reader, 32 - Math.clz32(most), levels);
  // DuckDB writes an empty block.
  reader.offset = start + length;
  return levels;
}

/** Whether the values of a page are indices into the column's dictionary. */
function isIndices(encoding: string, { type }: PageDecoder): boolean {
  return encoding.endsWith('_DICTIONARY') && type !== 'BOOLEAN';
}

/** The indices, before which the number of their bits stands. */
function readIndices(page: Uint8Array, count: number): Uint32Array {
  const indices = new Uint32Array(count);
  const reader = readerOf(page);
  if (count > 0) readRunLengths(reader, reader.view.getUint8(reader.offset++), indices);
  return indices;
}

/** The values that indices stand for. @throws RangeError where the dictionary has no such value */
export function valuesOfDictionary(indices: Uint32Array, dictionary: DecodedArray): DecodedArray {
  const most = dictionary.length;
  const values = new Array<unknown>(indices.length);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    if (index >= most)
      throw new RangeError(`A dictionary of ${most} values has no value ${index}.`);
    values[at] = dictionary[index];
  }
  return values;
}

function timesOf(levels: Uint8Array, wanted: number): number {
  let times = 0;
  for (let index = 0; index < levels.length; index++) if (levels[index] === wanted) times++;
  return times;
}

/** No levels are stored for a column that has exactly one value in each row. */
function withoutLevels(decoder: PageDecoder): PageDecoder {
  return { ...decoder, schemaPath: decoder.schemaPath.slice(0, 1) };
}
