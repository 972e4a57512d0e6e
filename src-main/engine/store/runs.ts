import { EngineError } from '../../contract/errors/errors.ts';
import type { Metrics, RunKind, RunReference, RunState, RunSummary } from '../../contract/runs.ts';
import { hasEmbeddings } from './embeddings.ts';
import type { Library } from './library-file.ts';
import { hasMap } from './maps.ts';
import { currentMetricName } from './metric-names.ts';

/**
 * A training, the embeddings of a loaded encoder, or imported vectors. `settings` is what it was
 * started with.
 */
export interface Run {
  readonly id: number;
  readonly name: string;
  readonly kind: RunKind;
  readonly encoder: string;
  readonly objective: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly device: string | null;
  readonly state: RunState;
  readonly epochs: number;
  readonly loss: number | null;
  readonly imagesPerSecond: number | null;
  readonly metrics: Metrics;
  readonly weightsHash: string | null;
  readonly createdAt: number;
  readonly note: string;
  readonly tags: readonly string[];
  readonly archived: boolean;
  /** Milliseconds since 1970; null where the run is not deleted. */
  readonly deletedAt: number | null;
}

export type NewRun = Pick<Run, 'name' | 'kind' | 'encoder' | 'objective' | 'settings' | 'state'>;

export type RunChanges = Partial<
  Pick<
    Run,
    | 'device'
    | 'state'
    | 'epochs'
    | 'loss'
    | 'imagesPerSecond'
    | 'metrics'
    | 'weightsHash'
    | 'name'
    | 'note'
    | 'tags'
    | 'archived'
    | 'deletedAt'
  >
>;

type RunRow = Omit<Run, 'settings' | 'metrics' | 'tags' | 'archived'> & {
  settings: string;
  metrics: string;
  tags: string;
  archived: 0 | 1;
};

const columns = `id, name, kind, encoder, objective, settings, device, state, epochs, loss,
  imagesPerSecond, metrics, weightsHash, createdAt, note, tags, archived, deletedAt`;

/** @throws EngineError bad-argument when the name is taken */
export function checkRunName(library: Library, name: string): void {
  if (runByName(library, name) === null) return;
  throw new EngineError(
    'bad-argument',
    `This library has a run named "${name}" already; choose another name.`,
  );
}

/** @throws EngineError bad-argument when the name is taken */
export function createRun(library: Library, run: NewRun): Run {
  return library.write(() => {
    checkRunName(library, run.name);
    const { lastInsertRowid } = library
      .query(
        `INSERT INTO runs (name, kind, encoder, objective, settings, state, createdAt)
         VALUES (@name, @kind, @encoder, @objective, @settings, @state, @createdAt)`,
      )
      .run({ ...run, settings: JSON.stringify(run.settings), createdAt: library.now() });
    return runWithId(library, Number(lastInsertRowid));
  });
}

/** The wanted name or, when it is taken, the wanted name with the first free number: `simclr 2`. */
export function freeRunName(library: Library, wanted: string): string {
  let name = wanted;
  for (let number = 2; runByName(library, name) !== null; number++) name = `${wanted} ${number}`;
  return name;
}

/** Changes the given columns of a run; the others stay unchanged. */
export function updateRun(library: Library, id: number, changes: RunChanges): Run {
  const changed = Object.entries(changes);
  if (changed.length > 0) {
    const values = Object.fromEntries(
      changed.map(([column, value]) => [column, toColumn(column, value)]),
    );
    const assignments = changed.map(([column]) => `${column} = @${column}`).join(', ');
    library.query(`UPDATE runs SET ${assignments} WHERE id = @id`).run({ ...values, id });
  }
  return runWithId(library, id);
}

function toColumn(column: string, value: unknown): unknown {
  if (column === 'metrics' || column === 'tags') return JSON.stringify(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

/**
 * A run by its number or its name. Digits are a number, unless a run has them as its name.
 * @throws EngineError not-found, which lists the runs or says how to restore a deleted one
 */
export function findRun(library: Library, reference: RunReference): Run {
  const run =
    (typeof reference === 'string' ? runByName(library, reference) : null) ??
    runById(library, reference);
  if (run !== null) return run;
  const deleted = findDeletedRun(library, reference);
  if (deleted !== null) {
    throw new EngineError(
      'not-found',
      `The run "${deleted.name}" was deleted; restore it (it is run ${deleted.id}) to use it again.`,
    );
  }
  const names = listRuns(library).map(({ id, name }) => `${id} (${name})`);
  throw new EngineError(
    'not-found',
    names.length === 0
      ? `There is no run ${reference}: this library has no runs yet.`
      : `There is no run ${reference}; this library has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' and others' : ''}.`,
  );
}

/** A run by its number; it may be deleted. @throws EngineError not-found */
function runWithId(library: Library, id: number): Run {
  const row = library.query<RunRow>(`SELECT ${columns} FROM runs WHERE id = ?`).get(id);
  if (row === undefined) throw new EngineError('not-found', `There is no run ${id}.`);
  return fromRow(row);
}

/** A deleted run that can be restored, by its number or its name, the last of several; or null. */
export function findDeletedRun(library: Library, reference: RunReference): Run | null {
  return (
    deletedRuns(library).findLast(
      ({ id, name }) => name === reference || String(id) === String(reference),
    ) ?? null
  );
}

/** All runs that are not deleted, archived ones included, the oldest first. */
export function listRuns(library: Library): Run[] {
  return library
    .query<RunRow>(`SELECT ${columns} FROM runs WHERE deletedAt IS NULL ORDER BY id`)
    .all()
    .map(fromRow);
}

/** All runs that are neither archived nor deleted, the oldest first. */
export function offeredRuns(library: Library): Run[] {
  return listRuns(library).filter(({ archived }) => !archived);
}

/** All runs, including deleted ones that can be restored. */
export function allRuns(library: Library): Run[] {
  return [...deletedRuns(library), ...listRuns(library)];
}

/** The deleted runs that can be restored, in the order of their deletion. */
export function deletedRuns(library: Library): Run[] {
  return library
    .query<RunRow>(
      `SELECT ${columns} FROM runs WHERE deletedAt IS NOT NULL AND purging = 0 ORDER BY deletedAt, id`,
    )
    .all()
    .map(fromRow);
}

/** The summaries of runs for clients, the oldest first; archived and deleted runs on request. */
export function runSummaries(
  library: Library,
  { archived, deleted }: { readonly archived: boolean; readonly deleted: boolean },
): RunSummary[] {
  const runs = archived ? listRuns(library) : offeredRuns(library);
  const all = deleted ? [...runs, ...deletedRuns(library)] : runs;
  return all.toSorted((a, b) => a.id - b.id).map((run) => runSummaryOf(library, run));
}

/** The summary of a run for clients. */
export function runSummaryOf(
  library: Library,
  { id, createdAt, deletedAt, weightsHash, ...run }: Run,
): RunSummary {
  return {
    run: id,
    name: run.name,
    kind: run.kind,
    encoder: run.encoder,
    objective: run.objective,
    settings: { ...run.settings },
    device: run.device,
    state: run.state,
    epochs: run.epochs,
    loss: run.loss,
    imagesPerSecond: run.imagesPerSecond,
    metrics: run.metrics,
    created: new Date(createdAt).toISOString(),
    embedded: weightsHash !== null && hasEmbeddings(library, weightsHash, 'h'),
    mapped: weightsHash !== null && hasMap(library, weightsHash),
    note: run.note,
    tags: [...run.tags],
    archived: run.archived,
    deleted: deletedAt === null ? null : new Date(deletedAt).toISOString(),
  };
}

function runByName(library: Library, name: string): Run | null {
  const row = library
    .query<RunRow>(`SELECT ${columns} FROM runs WHERE name = ? AND deletedAt IS NULL`)
    .get(name);
  return row === undefined ? null : fromRow(row);
}

function runById(library: Library, reference: RunReference): Run | null {
  if (!/^\d+$/.test(String(reference))) return null;
  const row = library
    .query<RunRow>(`SELECT ${columns} FROM runs WHERE id = ? AND deletedAt IS NULL`)
    .get(Number(reference));
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: RunRow): Run {
  return {
    ...row,
    tags: JSON.parse(row.tags) as Run['tags'],
    archived: row.archived === 1,
    settings: JSON.parse(row.settings) as Run['settings'],
    metrics: storedMetrics(row.metrics),
  };
}

function storedMetrics(json: string): Metrics {
  const stored = Object.entries(JSON.parse(json) as Record<string, number>);
  return Object.fromEntries(stored.map(([name, value]) => [currentMetricName(name), value]));
}
