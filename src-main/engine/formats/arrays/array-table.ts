import { basename } from 'node:path';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { ImportColumn, ImportFormat } from '../../../contract/imports.ts';
import { rowsPerChunk } from '../tables/import-table.ts';
import type { ImportTable, VectorRows } from '../tables/import-table.ts';
import { blocksOf } from '../tables/byte-pieces.ts';
import type { NumpyHeader } from './numpy-header.ts';
import { valueCount } from './numpy-header.ts';
import { numberReader, readFloats, readTexts } from './numpy-values.ts';

/** One array of a file: the position of its bytes, and their type and shape. */
export interface StoredArray {
  readonly name: string;
  /** The file's name of the type. */
  readonly typeName: string;
  readonly type: Pick<NumpyHeader, 'kind' | 'itemBytes' | 'isBigEndian'> | 'bfloat16';
  readonly shape: readonly number[];
  /** The values, row-major, begin after `skipped` bytes. */
  readonly skipped: number;
  pieces(): AsyncIterable<Buffer>;
}

interface ArrayFile {
  readonly file: string;
  readonly format: ImportFormat;
  readonly arrays: readonly StoredArray[];
  /** Columns of text whose values are in memory. */
  readonly lists?: ReadonlyMap<string, readonly string[]>;
  readonly close?: () => Promise<void>;
}

const textsPerBlock = 16_384;

/** Texts of no bytes, whose number costs a file nothing: no set of pictures is as large. */
const mostEmptyTexts = 100_000_000;

/**
 * Opens the arrays of a file as columns: those with one entry per row of its largest matrix or list.
 * @throws EngineError bad-argument where it declares more rows than anything can hold
 */
export function arrayTable({ file, format, arrays, lists, close }: ArrayFile): ImportTable {
  for (const array of arrays) checkEmptyTexts(array, basename(file));
  const rows = rowCount(arrays);
  const textColumns = [...(lists ?? [])].filter(([, texts]) => texts.length === rows);
  const arrayNamed = (name: string): StoredArray => {
    const found = arrays.find((array) => array.name === name);
    if (found === undefined) throw new Error(`${basename(file)} has no array ${name}.`);
    return found;
  };
  return {
    file,
    format,
    rows,
    columns: [
      ...arrays.map((array) => columnOf(array, rows)),
      ...textColumns.map(([name]) => ({
        name,
        kind: 'text' as const,
        type: 'metadata',
        length: null,
      })),
    ],
    texts: (name) => {
      const list = textColumns.find(([column]) => column === name)?.[1];
      return list ? oneBlock(list) : textBlocks(file, arrayNamed(name));
    },
    vectors: (name) => vectorBlocks(file, arrayNamed(name)),
    close: close ?? (() => Promise.resolve()),
  };
}

function checkEmptyTexts(array: StoredArray, file: string): void {
  const [rows = 0] = array.shape;
  if (bytesPerValue(array) > 0 || rows <= mostEmptyTexts) return;
  const sentence = `${file} is damaged: its array ${array.name} declares ${rows} texts and holds none.`;
  throw new EngineError('bad-argument', sentence);
}

function rowCount(arrays: readonly StoredArray[]): number {
  const lengths = (wanted: (array: StoredArray) => boolean): number[] =>
    arrays.filter(wanted).map(({ shape }) => shape[0] ?? 0);
  const ofMatrices = lengths((array) => isMatrix(array));
  const all = ofMatrices.length > 0 ? ofMatrices : lengths(({ shape }) => shape.length === 1);
  return all.reduce((most, length) => Math.max(most, length), 0);
}

function isText({ type }: StoredArray): boolean {
  return type !== 'bfloat16' && (type.kind === 'U' || type.kind === 'S');
}

function isMatrix(array: StoredArray): boolean {
  return array.shape.length === 2 && array.shape[1] !== 0 && !isText(array);
}

function columnOf(array: StoredArray, rows: number): ImportColumn {
  const { name, typeName, shape } = array;
  const type = `${typeName} [${shape.join(' × ')}]`;
  const other = { name, kind: 'other', type, length: null } as const;
  if (shape[0] !== rows || shape.length > 2) return other;
  if (shape.length === 1) return { ...other, kind: isText(array) ? 'text' : 'number' };
  return !isMatrix(array) ? other : { ...other, kind: 'vector', length: shape[1] ?? 0 };
}

function bytesPerValue({ type }: StoredArray): number {
  return type === 'bfloat16' ? 2 : type.itemBytes;
}

function blocks(file: string, array: StoredArray, rows: number): AsyncGenerator<Buffer> {
  const [count = 0, width = 1] = array.shape;
  const rowBytes = width * bytesPerValue(array);
  return blocksOf(array.pieces(), {
    skipped: array.skipped,
    total: valueCount([count, width]) * bytesPerValue(array),
    blockBytes: rows * rowBytes,
    name: basename(file),
  });
}

async function* vectorBlocks(file: string, array: StoredArray): AsyncGenerator<VectorRows> {
  const dimensions = array.shape[1] ?? 1;
  for await (const block of blocks(file, array, rowsPerChunk(dimensions))) {
    yield { vectors: readFloats(block, array.type, bytesPerValue(array)), lengths: null };
  }
}

async function* textBlocks(file: string, array: StoredArray): AsyncGenerator<string[]> {
  const { type } = array;
  if (type !== 'bfloat16' && isText(array)) {
    // NumPy saves an array of empty texts as no bytes at all.
    if (type.itemBytes === 0) yield* emptyTexts(array.shape[0] ?? 0);
    else for await (const block of blocks(file, array, textsPerBlock)) yield readTexts(block, type);
    return;
  }
  const read = numberReader(type);
  for await (const block of blocks(file, array, textsPerBlock)) {
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    const count = block.length / bytesPerValue(array);
    yield Array.from({ length: count }, (_, index) => String(read(view, index)));
  }
}

function* emptyTexts(count: number): Generator<string[]> {
  for (let left = count; left > 0; left -= textsPerBlock) {
    yield Array<string>(Math.min(left, textsPerBlock)).fill('');
  }
}

async function* oneBlock(texts: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let first = 0; first < texts.length; first += textsPerBlock) {
    yield await Promise.resolve(texts.slice(first, first + textsPerBlock));
  }
}
