import { CsvError, parse } from 'csv-parse/sync';
import { EngineError } from '../../contract/errors/errors.ts';
import { verdictColumns } from '../../contract/verdict-files.ts';
import type { VerdictFormat } from '../../contract/verdict-files.ts';
import { csvLine, textOfCsvCell } from '../../contract/csv-line.ts';
import { csvDelimiter } from '../formats/text/csv-delimiter.ts';
import { parsePlainJson } from '../formats/text/plain-json.ts';

type Column = (typeof verdictColumns)[number];

/** One row of a file of verdicts, every field as text. */
type VerdictRow = Readonly<Record<Column, string>>;

/** A row of a file with its number, counted from 1 as in an editor or a spreadsheet. */
export interface NumberedRow {
  readonly row: number;
  readonly fields: Partial<VerdictRow>;
}

/** The names of the same columns in exported tables. */
const otherNames: ReadonlyMap<string, Column> = new Map([
  ['hash_a', 'anchor_hash'],
  ['hash_b', 'candidate_hash'],
  ['path_a', 'anchor_path'],
  ['path_b', 'candidate_path'],
]);

/** Writes verdicts as CSV (RFC 4180) or as a JSON array of objects. */
export function writeVerdictRows(rows: readonly VerdictRow[], format: VerdictFormat): string {
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  const lines = rows.map((row) => csvLine(verdictColumns.map((name) => row[name])));
  return [csvLine(verdictColumns), ...lines].map((line) => `${line}\n`).join('');
}

/**
 * Reads the rows of a file: CSV with any usual separator and the columns in any order, or JSON.
 * @throws EngineError bad-argument if it is no file of verdicts
 */
export function readVerdictRows(text: string, format: VerdictFormat): NumberedRow[] {
  return format === 'csv' ? readCsv(text) : readJson(text);
}

function readCsv(text: string): NumberedRow[] {
  let names: string[] = [];
  const records = parseCsv(text, (header) => (names = header.map(columnName)));
  if (!names.includes('verdict')) {
    throw new EngineError(
      'bad-argument',
      `The CSV file has no column "verdict" in its first row; verdicts need ${verdictColumns.join(', ')}.`,
    );
  }
  return records.map((fields, index) => ({ row: index + 2, fields }));
}

function parseCsv(
  text: string,
  columns: (header: string[]) => string[],
): Partial<Record<string, string>>[] {
  try {
    return parse<Partial<Record<string, string>>>(text, {
      columns,
      cast: textOfCsvCell,
      bom: true,
      delimiter: csvDelimiter(text),
      relax_column_count: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const sentence = `The CSV file cannot be read: ${error.message}.`;
    throw new EngineError('bad-argument', sentence, { cause: error });
  }
}

function readJson(text: string): NumberedRow[] {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) {
    throw new EngineError('bad-argument', 'The JSON file is no list of verdicts.');
  }
  return entries.map((entry: unknown, index) => ({ row: index + 1, fields: textFields(entry) }));
}

function parseJson(text: string): unknown {
  try {
    return parsePlainJson(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const sentence = `The JSON file cannot be read: ${cause.message}.`;
    throw new EngineError('bad-argument', sentence, { cause });
  }
}

/** The text fields of an entry; other fields count as missing. */
function textFields(entry: unknown): Partial<VerdictRow> {
  if (typeof entry !== 'object' || entry === null) return {};
  const fields = Object.entries(entry).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[columnName(name), value] as const] : [],
  );
  return Object.fromEntries(fields);
}

function columnName(header: string): string {
  const name = header
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return otherNames.get(name) ?? name;
}
