import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { CsvError, parse } from 'csv-parse';
import { textOfCsvCell } from '../../../contract/csv-line.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { csvDelimiter } from './csv-delimiter.ts';
import type { ImportTable } from '../tables/import-table.ts';
import type { FileRecord } from './record-columns.ts';
import { parseLooseJson } from './loose-json.ts';
import { recordTable } from './record-table.ts';

/** The most bytes of a text file; larger ones take minutes to parse. */
const largestTextBytes = 1_073_741_824;
/** The most bytes of a JSON file, which is parsed as a whole. */
const largestJsonBytes = 268_435_456;

/** The name of the only column of a text file. */
const lineColumn = 'line';

/**
 * Opens a table with a head line, whose columns are separated by commas, semicolons or tabs, whichever
 * is most frequent in the head.
 * @throws EngineError bad-argument where the file is not such a table
 */
export async function openCsv(file: string): Promise<ImportTable> {
  const name = await checkedName(file, largestTextBytes);
  const delimiter = await commonestDelimiter(file);
  const records = async function* (): AsyncGenerator<FileRecord> {
    const columns = (head: string[]): string[] => distinct(head.map(textOfCsvCell), name);
    const options = { columns, bom: true, delimiter, skip_empty_lines: true };
    const parser = createReadStream(file).pipe(parse(options));
    try {
      for await (const record of parser) yield record as FileRecord;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const sentence = `${name} is not a whole table: ${error.message}.`;
      throw new EngineError('bad-argument', sentence, { cause: error });
    }
  };
  return recordTable({ file, format: 'csv', records, textOf: textOfCsvCell });
}

/** Opens JSON Lines: one object per line. @throws EngineError bad-argument, naming the line */
export async function openJsonLines(file: string): Promise<ImportTable> {
  const name = await checkedName(file, largestTextBytes);
  const records = async function* (): AsyncGenerator<FileRecord> {
    let number = 0;
    for await (const line of lines(file)) {
      number++;
      if (line.trim() === '') continue;
      const value = parseJson(line, `line ${number} of ${name}`);
      if (isRecord(value)) yield value;
      else throw new EngineError('bad-argument', `Line ${number} of ${name} is not an object.`);
    }
  };
  return recordTable({ file, format: 'jsonl', records });
}

/**
 * Opens JSON that is a list of objects, a list of texts, or one object of lists.
 * @throws EngineError bad-argument when it is anything else
 */
export async function openJson(file: string): Promise<ImportTable> {
  const name = await checkedName(file, largestJsonBytes);
  const value = parseJson(await readFile(file, 'utf8'), name);
  const found = recordsOf(value);
  if (found === null) {
    throw new EngineError(
      'bad-argument',
      `${name} is neither a list of objects, nor a list of texts, nor an object of lists.`,
    );
  }
  return recordTable({ file, format: 'json', records: () => inTurn(found) });
}

/** Opens a list with one text per line. */
export async function openText(file: string): Promise<ImportTable> {
  await checkedName(file, largestTextBytes);
  const records = async function* (): AsyncGenerator<FileRecord> {
    for await (const line of lines(file)) if (line !== '') yield { [lineColumn]: line };
  };
  return recordTable({ file, format: 'text', records });
}

function distinct(head: string[], file: string): string[] {
  const seen = new Set<string>();
  const twice = head.find((name) => name !== '' && seen.size === seen.add(name).size);
  if (twice === undefined) return head;
  throw new EngineError(
    'bad-argument',
    `${file} has two columns ${twice}: which of them is meant cannot be known.`,
  );
}

async function checkedName(file: string, most: number): Promise<string> {
  const { size } = await stat(file);
  const name = basename(file);
  if (size <= most) return name;
  throw new EngineError(
    'bad-argument',
    `${name} is too large for a text format (more than ${most / 1_048_576} MB): write it as Parquet, .npy or safetensors.`,
  );
}

async function commonestDelimiter(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(65_536) });
    return csvDelimiter(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function* lines(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  try {
    let isFirst = true;
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      yield isFirst ? line.replace(/^\uFEFF/, '') : line;
      isFirst = false;
    }
  } finally {
    stream.destroy();
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return parseLooseJson(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const sentence = `There is no whole JSON in ${name}: ${cause.message}.`;
    throw new EngineError('bad-argument', sentence, { cause });
  }
}

function isRecord(value: unknown): value is FileRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordsOf(value: unknown): readonly FileRecord[] | null {
  if (Array.isArray(value)) {
    if (value.every(isRecord)) return value;
    if (value.every((entry) => typeof entry === 'string')) {
      return value.map((entry) => ({ [lineColumn]: entry }));
    }
    return null;
  }
  if (!isRecord(value)) return null;
  const all = Object.entries(value).filter(([, list]) => Array.isArray(list));
  const rows = all.reduce((most, [, list]) => Math.max(most, (list as unknown[]).length), 0);
  if (all.length === 0) return null;
  // A shorter list says nothing of which rows its entries are.
  const lists = all.filter(([, list]) => (list as unknown[]).length === rows);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(lists.map(([key, list]) => [key, (list as unknown[])[row]])),
  );
}

async function* inTurn(records: readonly FileRecord[]): AsyncGenerator<FileRecord> {
  for (const record of records) yield await Promise.resolve(record);
}
