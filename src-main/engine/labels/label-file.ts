import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { textOfCsvCell } from '../../contract/csv-line.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { ImportColumn } from '../../contract/imports.ts';
import { labelsOfCell } from '../../contract/label-sets.ts';
import { fileError, openTable } from '../formats/open-table.ts';
import { chooseNames, listOf } from '../formats/tables/choose-columns.ts';
import { csvDelimiter } from '../formats/text/csv-delimiter.ts';
import { parsePlainJson } from '../formats/text/plain-json.ts';

/** One row of a file of labels: the picture by hash or path, its labels, and its split. */
export interface LabelRow {
  readonly hash: string | null;
  readonly name: string | null;
  readonly labels: readonly string[];
  readonly split: string | null;
  /** Where the label came from, in a file that Negatoscope wrote: \`hand\` or \`folder\`. */
  readonly source: string | null;
}

/** A file of labels that was read. */
export interface LabelFile {
  readonly file: string;
  readonly rows: readonly LabelRow[];
}

const usualLabels = /^(labels?|class(es)?|class_?names?|categor(y|ies)|targets?|species|tags?|y)$/i;
const usualSplits = /^(splits?|subsets?|sets?|folds?|partitions?|usage)$/i;
const idColumn = /^(?:image|img|picture|sample)?_?ids?$/i;
const pathColumn = /path|file|url|^(?:names?|images?)$/i;
const sourceColumn = 'source';
const pictureName = /\.(jpe?g|png|webp|gif|avif|tiff?|bmp)$/i;

/** Whether a file may hold labels, by its name. */
export function isLabelFile(name: string): boolean {
  return /\.(csv|tsv|txt|json|jsonl|ndjson|parquet)$/i.test(name);
}

/**
 * Reads a file of labels: CSV, TSV or a list of "path label" lines, JSON, JSON Lines or Parquet. A
 * picture may have several rows, and several labels in a cell with "|" between them.
 * @throws EngineError not-found, bad-argument naming the file and what it lacks
 */
export async function readLabelFile(file: string): Promise<LabelFile> {
  const isText = ['.csv', '.tsv', '.txt', '.json'].includes(extname(file).toLowerCase());
  const rows = isText
    ? (parseRows(basename(file), await textOf(file)) ?? (await readColumns(file)))
    : await readColumns(file);
  checkHasLabels(basename(file), rows);
  return { file, rows };
}

/**
 * Reads the text of a file of labels, whose format is that of its name's ending.
 * @throws EngineError bad-argument naming the file and what it lacks
 */
export function parseLabelText(name: string, text: string): LabelRow[] {
  const rows = parseRows(name, text);
  if (rows === null) {
    throw refusal(`${name} is no object from paths to labels, such as {"cat/1.png": "cat"}.`);
  }
  checkHasLabels(name, rows);
  return rows;
}

function checkHasLabels(name: string, rows: readonly LabelRow[]): void {
  if (rows.some(({ labels, split }) => labels.length > 0 || split !== null)) return;
  if (rows.some(({ source }) => source === 'hand')) return;
  throw refusal(`${name} holds no labels.`);
}

/** The rows of a text; null for JSON that is not an object from paths to labels. */
function parseRows(name: string, text: string): LabelRow[] | null {
  return extname(name).toLowerCase() === '.json'
    ? parseMapping(name, text)
    : parseTable(name, text);
}

function parseTable(name: string, text: string): LabelRow[] {
  const lines = parseLines(name, text);
  const [head, ...others] = lines;
  if (head === undefined) throw refusal(`${name} is empty.`);
  const path = head.findIndex((cell) => pictureName.test(cell));
  // Without a head line, the label follows the path, as in the lists of ImageNet and Tiny ImageNet.
  if (path >= 0) {
    return lines.map((cells) => rowOf({ name: cells[path], labels: cells[path + 1] }));
  }
  if (others.length === 0)
    throw refusal(`${name} has a head line (${head.join(', ')}) and no rows.`);
  const hasPaths =
    head.some((column) => pathColumn.test(column)) ||
    others.some((cells) => cells.some((cell) => pictureName.test(cell)));
  const columns = head.map((column, index): ImportColumn => {
    // Numbers name pictures where they are ids and nothing else does.
    const isId = !hasPaths && idColumn.test(column);
    const isNumeric = !isId && others.every((cells) => isNumber(cells[index]));
    const kind = isNumeric ? 'number' : 'text';
    return { name: column, kind, type: kind, length: null };
  });
  const chosen = chooseLabelColumns(columns, name);
  return others.map((cells) => {
    const cell = (column: string | null): string | undefined =>
      column === null ? undefined : cells[head.indexOf(column)];
    return rowOf({
      hash: cell(chosen.hashes),
      name: cell(chosen.paths),
      labels: cell(chosen.labels),
      split: cell(chosen.splits),
      source: head.includes(sourceColumn) ? cell(sourceColumn) : null,
    });
  });
}

/** Whether a cell is a number, or empty: no picture has such a name. A hash may be digits only. */
function isNumber(cell: string | undefined): boolean {
  return cell === undefined || (cell.length < 64 && !Number.isNaN(Number(cell)));
}

function parseLines(name: string, text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      cast: textOfCsvCell,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const sentence = `${name} is not a whole table: ${error.message}.`;
    throw new EngineError('bad-argument', sentence, { cause: error });
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw fileError(file, cause);
  }
}

/** Lists of "path label" have spaces between their columns. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  return /[,;\t]/.test(line) ? csvDelimiter(text) : ' ';
}

/** JSON as one object from paths or hashes to a label or a list of labels; null for other JSON. */
function parseMapping(name: string, text: string): LabelRow[] | null {
  let value: unknown;
  try {
    value = parsePlainJson(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const sentence = `There is no whole JSON in ${name}: ${cause.message}.`;
    throw new EngineError('bad-argument', sentence, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  const isPicture = ([key]: [string, unknown]): boolean =>
    pictureName.test(key) || /^[0-9a-f]{64}$/i.test(key);
  if (!entries.every(isPicture)) return null;
  return entries.map(([key, labels]) => rowOf({ hash: key, name: key, labels: cellOf(labels) }));
}

async function readColumns(file: string): Promise<LabelRow[]> {
  const table = await openTable(file);
  try {
    const chosen = chooseLabelColumns(table.columns, basename(file));
    const read = async (name: string | null): Promise<(string | null)[]> => {
      if (name === null) return [];
      const texts: (string | null)[] = [];
      for await (const block of table.texts(name)) for (const text of block) texts.push(text);
      return texts;
    };
    const [hashes, paths, labels, splits] = [
      await read(chosen.hashes),
      await read(chosen.paths),
      await read(chosen.labels),
      await read(chosen.splits),
    ];
    return Array.from({ length: Math.max(hashes.length, paths.length) }, (_, row) =>
      rowOf({ hash: hashes[row], name: paths[row], labels: labels[row], split: splits[row] }),
    );
  } finally {
    await table.close();
  }
}

interface LabelColumns {
  readonly hashes: string | null;
  readonly paths: string | null;
  readonly labels: string | null;
  readonly splits: string | null;
}

/**
 * Chooses the columns by their usual names; a single column beside those of the pictures holds labels.
 * @throws EngineError bad-argument, listing the columns of the file
 */
function chooseLabelColumns(columns: readonly ImportColumn[], name: string): LabelColumns {
  const named = (pattern: RegExp): string | null =>
    columns.find((column) => pattern.test(column.name))?.name ?? null;
  const [labels, splits] = [named(usualLabels), named(usualSplits)];
  const without = (names: readonly (string | null)[]): ImportColumn[] =>
    columns.filter((column) => !names.includes(column.name));
  const { hashes, paths } = chooseNames(without([labels, splits, sourceColumn]), {}, name);
  if (hashes === null && paths === null) {
    throw refusal(
      `${name} has no column of paths or content hashes; name one "path". ${listOf(columns)}`,
    );
  }
  if (labels !== null || splits !== null) return { hashes, paths, labels, splits };
  const [only, ...others] = without([hashes, paths, sourceColumn]);
  if (only === undefined || others.length > 0) {
    throw refusal(`${name} has no column of labels; name one "label". ${listOf(columns)}`);
  }
  return { hashes, paths, labels: only.name, splits };
}

type Cell = string | null | undefined;

function rowOf(cells: {
  readonly hash?: Cell;
  readonly name?: Cell;
  readonly labels?: Cell;
  readonly split?: Cell;
  readonly source?: Cell;
}): LabelRow {
  const textOr = (cell: Cell): string | null => (cell?.trim() ? cell.trim() : null);
  return {
    hash: textOr(cells.hash),
    name: textOr(cells.name),
    labels: labelsOfCell(cells.labels ?? ''),
    split: textOr(cells.split),
    source: textOr(cells.source),
  };
}

/** The text of a label, or of several; whatever else JSON may hold is none. */
function cellOf(labels: unknown): string {
  if (Array.isArray(labels)) return labels.filter(isLabel).join('|');
  return isLabel(labels) ? String(labels) : '';
}

function isLabel(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function refusal(sentence: string): EngineError {
  return new EngineError('bad-argument', sentence);
}
