import { EngineError, toErrorReport } from '../../contract/errors/errors.ts';
import type { SampleColumns } from '../../contract/library.ts';
import { largeJoins } from '../../contract/joined-groups.ts';
import { samePairKey } from '../../contract/judged-pairs.ts';
import type { VerdictFormat, VerdictImport } from '../../contract/verdict-files.ts';
import { verdictKind } from '../../contract/verdicts.ts';
import { findAnchor } from '../pictures/anchor-lookup.ts';
import type { Library } from '../store/library-file.ts';
import { allRuns, listRuns } from '../store/runs.ts';
import { presentSamples } from '../store/samples.ts';
import { listVerdicts, saveVerdict } from '../store/verdicts.ts';
import type { NewVerdict, StoredVerdict } from '../store/verdicts.ts';
import { wholeHash } from './pair-hashes.ts';
import { readVerdictRows, writeVerdictRows } from './verdict-rows.ts';
import type { NumberedRow } from './verdict-rows.ts';

const reasonsAtMost = 100;
const longestNote = 2000;
/** With more rows that are none, a file is none: each takes its time, in which nothing else is done. */
const refusedAtMost = 100_000;

/** All verdicts of a library as the text of a file, the latest first. */
export function exportVerdicts(
  library: Library,
  { hashes, paths }: SampleColumns,
  format: VerdictFormat,
): { readonly text: string; readonly verdicts: number } {
  const pathOf = new Map(hashes.map((hash, index) => [hash, paths[index] ?? '']));
  const nameOf = new Map(allRuns(library).map(({ id, name }) => [id, name]));
  const rows = listVerdicts(library).map((stored) => ({
    anchor_hash: stored.hashA,
    candidate_hash: stored.hashB,
    anchor_path: pathOf.get(stored.hashA) ?? '',
    candidate_path: pathOf.get(stored.hashB) ?? '',
    verdict: stored.verdict,
    note: stored.note,
    time: new Date(stored.createdAt).toISOString(),
    run: nameOf.get(stored.runId ?? -1) ?? '',
  }));
  return { text: writeVerdictRows(rows, format), verdicts: rows.length };
}

interface ReadVerdict extends Omit<NewVerdict, 'createdAt'> {
  readonly pair: readonly [string, string];
  /** Null if the row has no time. */
  readonly createdAt: number | null;
}

/**
 * Saves the verdicts of a file in one transaction; bad rows are skipped and reported with a reason.
 * Pictures are found by hash or, if a row has none, by path.
 * @throws EngineError bad-argument if the text is no file of verdicts
 */
export function importVerdicts(
  library: Library,
  text: string,
  format: VerdictFormat,
  workingFolder: string,
): VerdictImport {
  const rows = readVerdictRows(text, format);
  const present = new Set(presentSamples(library).hashes);
  const runs = new Map(listRuns(library).map(({ id, name }) => [name, id]));
  const known = new Map(
    listVerdicts(library).map((stored) => [samePairKey(stored.hashA, stored.hashB), stored]),
  );
  const before = [...known.values()];
  const stored: StoredVerdict[] = [];
  const report = { added: 0, changed: 0, unchanged: 0, older: 0, awaiting: 0, refused: 0 };
  const reasons: VerdictImport['reasons'] = [];
  const unknownRuns = new Set<string>();
  library.write(() => {
    for (const numbered of rows) {
      try {
        const read = readRow(library, numbered, runs, workingFolder);
        const run = numbered.fields.run ?? '';
        if (run !== '' && read.runId === null) unknownRuns.add(run);
        const key = samePairKey(...read.pair);
        const outcome = compare(known.get(key), read);
        report[outcome] += 1;
        if (!read.pair.every((hash) => present.has(hash))) report.awaiting += 1;
        if (outcome === 'added' || outcome === 'changed') {
          const saved = save(library, read);
          known.set(key, saved);
          stored.push(saved);
        }
      } catch (error) {
        const reason = reasonOf(error);
        report.refused += 1;
        if (report.refused > refusedAtMost) throw noVerdicts(numbered.row, reason);
        if (reasons.length < reasonsAtMost) reasons.push({ row: numbered.row, reason });
      }
    }
  });
  const joins = largeJoins(before, stored).length;
  return { ...report, joins, unknownRuns: [...unknownRuns], reasons };
}

function compare(
  stored: StoredVerdict | undefined,
  read: ReadVerdict,
): 'added' | 'changed' | 'unchanged' | 'older' {
  if (stored === undefined) return 'added';
  const time = read.createdAt ?? stored.createdAt;
  const runId = read.runId ?? stored.runId;
  const isSame =
    stored.verdict === read.verdict && stored.note === read.note && stored.runId === runId;
  if (isSame && time === stored.createdAt) return 'unchanged';
  return time < stored.createdAt ? 'older' : 'changed';
}

function save(library: Library, { pair, createdAt, ...verdict }: ReadVerdict): StoredVerdict {
  return saveVerdict(library, pair, { ...verdict, ...(createdAt !== null && { createdAt }) });
}

/**
 * The verdict in a row.
 * @throws EngineError bad-argument, not-found with the reason why the row cannot be used
 */
function readRow(
  library: Library,
  { fields }: NumberedRow,
  runs: ReadonlyMap<string, number>,
  workingFolder: string,
): ReadVerdict {
  const first = hashOf(library, fields.anchor_hash, fields.anchor_path, workingFolder);
  const second = hashOf(library, fields.candidate_hash, fields.candidate_path, workingFolder);
  if (first === second) refuse('It names one picture twice.');
  const verdict = verdictKind.safeParse(fields.verdict?.trim().toLowerCase());
  if (!verdict.success) {
    return refuse(`The verdict is "${fields.verdict ?? ''}", not same, different or unsure.`);
  }
  const note = fields.note ?? '';
  if (note.length > longestNote) refuse(`The note is longer than ${longestNote} characters.`);
  return {
    pair: [first, second],
    verdict: verdict.data,
    note,
    runId: runs.get(fields.run ?? '') ?? null,
    createdAt: timeOf(fields.time?.trim() ?? ''),
  };
}

function hashOf(
  library: Library,
  hash: string | undefined,
  path: string | undefined,
  workingFolder: string,
): string {
  const given = hash?.trim().toLowerCase() ?? '';
  if (wholeHash.test(given)) return given;
  if (given !== '') refuse(`"${given}" is no content hash of 64 hexadecimal digits.`);
  const reference = path?.trim() ?? '';
  if (reference === '') refuse('A picture has neither a hash nor a path.');
  return findAnchor(library, reference, workingFolder).hash;
}

function timeOf(text: string): number | null {
  if (text === '') return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? refuse(`"${text}" is no time, as 2026-11-25T16:00:00Z is.`) : time;
}

/** Why a row cannot be used; any other error is thrown again. */
function reasonOf(error: unknown): string {
  const { code, message } = toErrorReport(error);
  if (code === 'bad-argument' || code === 'not-found') return message;
  throw error;
}

function noVerdicts(row: number, reason: string): EngineError {
  return new EngineError(
    'bad-argument',
    `More than ${refusedAtMost} rows of the file are no verdicts, and nothing was saved. Row ${row}: ${reason}`,
  );
}

function refuse(reason: string): never {
  throw new EngineError('bad-argument', reason);
}
