import type { ImportColumn, ImportFormat } from '../../../contract/imports.ts';
import { commonestLength } from '../tables/commonest-length.ts';
import { rowsPerChunk } from '../tables/import-table.ts';
import type { ImportTable, VectorRows } from '../tables/import-table.ts';
import { numberedColumns } from '../tables/numbered-columns.ts';

/** One row as read from its file: values of any type by column. */
export type FileRecord = Readonly<Record<string, unknown>>;

interface RecordFile {
  readonly file: string;
  readonly format: ImportFormat;
  /** Reads the file from its beginning. */
  readonly records: () => AsyncIterable<FileRecord>;
}

const recordsThatTell = 100;
const textsPerBlock = 4096;

/**
 * Opens a file of rows as columns. It is read once to count its rows and to find the types of its
 * columns.
 */
export async function recordTable({ file, format, records }: RecordFile): Promise<ImportTable> {
  const seen: FileRecord[] = [];
  let rows = 0;
  for await (const record of records()) {
    if (rows < recordsThatTell) seen.push(record);
    rows++;
  }
  const own = columnsOf(seen);
  const sets = numberedColumns(own);
  const columns = [...own, ...sets.map(({ column }) => column)];
  return {
    file,
    format,
    rows,
    columns,
    texts: (name) => textBlocks(records(), name),
    vectors: (name) => {
      const length = columns.find((column) => column.name === name)?.length ?? 0;
      const parts = sets.find(({ column }) => column.name === name)?.parts;
      const vectorOf = (record: FileRecord): ArrayLike<number> =>
        parts ? parts.map((part) => toNumber(record[part])) : (toVector(record[name]) ?? []);
      return vectorBlocks(records(), vectorOf, length);
    },
    close: () => Promise.resolve(),
  };
}

function columnsOf(records: readonly FileRecord[]): ImportColumn[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return names.map((name): ImportColumn => {
    const values = records.map((record) => record[name]).filter((value) => !isMissing(value));
    const vectors = values.map(toVector);
    if (vectors.length > 0 && vectors.every((vector) => vector !== null)) {
      const length = commonestLength(vectors.map((vector) => vector.length));
      return { name, kind: 'vector', type: 'list of numbers', length };
    }
    const isNumber = values.length > 0 && values.every((value) => !Number.isNaN(toNumber(value)));
    if (isNumber) return { name, kind: 'number', type: 'number', length: null };
    const isText = values.every((value) => typeof value === 'string');
    return { name, kind: isText ? 'text' : 'other', type: isText ? 'text' : 'mixed', length: null };
  });
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return NaN;
  return Number(value);
}

/** A list of numbers, or a text of one: `[1, 2]`, `{1,2}`, `[1 2]`; else null. */
function toVector(value: unknown): ArrayLike<number> | null {
  if (Array.isArray(value)) return value.length > 1 ? value.map(toNumber) : null;
  if (typeof value !== 'string') return null;
  const [, inside] = /^\s*[[({]\s*(.*?)\s*[\])}]\s*$/s.exec(value) ?? [];
  const parts = inside?.split(/[\s,;]+/) ?? [];
  if (parts.length < 2) return null;
  const numbers = parts.map((part) => (/^nan$/i.test(part) ? NaN : Number(part)));
  const areNumbers = parts.every(
    (part, index) => /^nan$/i.test(part) || !Number.isNaN(numbers[index]),
  );
  return areNumbers ? numbers : null;
}

async function* textBlocks(
  records: AsyncIterable<FileRecord>,
  name: string,
): AsyncGenerator<(string | null)[]> {
  let block: (string | null)[] = [];
  for await (const record of records) {
    const value = record[name];
    const isText = typeof value === 'string' || typeof value === 'number';
    block.push(isText && value !== '' ? String(value) : null);
    if (block.length < textsPerBlock) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

async function* vectorBlocks(
  records: AsyncIterable<FileRecord>,
  vectorOf: (record: FileRecord) => ArrayLike<number>,
  dimensions: number,
): AsyncGenerator<VectorRows> {
  const capacity = rowsPerChunk(dimensions);
  let block = emptyBlock(capacity, dimensions);
  let filled = 0;
  for await (const record of records) {
    const vector = vectorOf(record);
    block.lengths[filled] = vector.length;
    if (vector.length === dimensions) block.vectors.set(vector, filled * dimensions);
    filled++;
    if (filled < capacity) continue;
    yield block;
    block = emptyBlock(capacity, dimensions);
    filled = 0;
  }
  if (filled === 0) return;
  const { vectors, lengths } = block;
  yield { vectors: vectors.subarray(0, filled * dimensions), lengths: lengths.subarray(0, filled) };
}

function emptyBlock(rows: number, dimensions: number) {
  const vectors = new Float32Array(rows * dimensions).fill(NaN);
  return { vectors, lengths: new Uint32Array(rows) };
}
