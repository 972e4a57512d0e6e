import type { ErrorReport } from '../../contract/errors/errors.ts';
import type { JobKind, JobState } from '../../contract/jobs.ts';
import type { Library } from './library-file.ts';

/** One piece of long work; `progress` is 0 to 1, times are in milliseconds since 1970. */
export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly input: unknown;
  readonly state: JobState;
  readonly progress: number;
  readonly message: string;
  readonly result: unknown;
  readonly error: ErrorReport | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** Columns of a job that change. */
export type JobChanges = Partial<
  Pick<Job, 'state' | 'progress' | 'message' | 'result' | 'error' | 'endedAt'>
>;

type JobRow = Omit<Job, 'input' | 'result' | 'error'> & {
  input: string;
  result: string | null;
  error: string | null;
};

/** Creates a job in the state `queued`. */
export function createJob(library: Library, kind: JobKind, input: unknown): Job {
  const { lastInsertRowid } = library
    .query(`INSERT INTO jobs (kind, input, state, createdAt) VALUES (?, ?, 'queued', ?)`)
    .run(kind, JSON.stringify(input), library.now());
  const job = readJob(library, Number(lastInsertRowid));
  if (job === null) throw new Error('The job was not saved.');
  return job;
}

/** The job with this id, or null. */
export function readJob(library: Library, id: number): Job | null {
  const row = library.query<JobRow>('SELECT * FROM jobs WHERE id = ?').get(id);
  return row === undefined ? null : fromRow(row);
}

/** The latest jobs, newest first. */
export function listJobs(library: Library, limit: number): Job[] {
  return library
    .query<JobRow>('SELECT * FROM jobs ORDER BY id DESC LIMIT ?')
    .all(limit)
    .map(fromRow);
}

/** Jobs that had not ended when the process that ran them ended, the oldest first. */
export function unfinishedJobs(library: Library): Job[] {
  return library
    .query<JobRow>(`SELECT * FROM jobs WHERE state IN ('queued', 'running', 'paused') ORDER BY id`)
    .all()
    .map(fromRow);
}

/** Changes the given columns of a job; the others stay unchanged. */
export function updateJob(library: Library, id: number, changes: JobChanges): void {
  const columns = Object.entries(changes);
  if (columns.length === 0) return;
  const values = Object.fromEntries(
    columns.map(([column, value]) => [column, isJsonColumn(column) ? toJson(value) : value]),
  );
  const assignments = columns.map(([column]) => `${column} = @${column}`).join(', ');
  library.query(`UPDATE jobs SET ${assignments} WHERE id = @id`).run({ ...values, id });
}

function isJsonColumn(column: string): boolean {
  return column === 'result' || column === 'error';
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromRow(row: JobRow): Job {
  return {
    ...row,
    input: JSON.parse(row.input) as unknown,
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
  };
}
