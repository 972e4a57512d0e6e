import { EngineError } from '../../contract/errors.ts';
import type { Metrics, RunKind, RunReference, RunState, RunSummary } from '../../contract/runs.ts';
import { hasEmbeddings } from './embeddings.ts';
import type { Library } from './library-file.ts';
import { hasMap } from './maps.ts';

/** A training, a loaded encoder, or vectors that were imported. `settings` is what it was started with. */
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
}

export type NewRun = Pick<Run, 'name' | 'kind' | 'encoder' | 'objective' | 'settings' | 'state'>;

export type RunChanges = Partial<
  Pick<
    Run,
    'device' | 'state' | 'epochs' | 'loss' | 'imagesPerSecond' | 'metrics' | 'weightsHash' | 'name'
  >
>;

type RunRow = Omit<Run, 'settings' | 'metrics'> & { settings: string; metrics: string };

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
    return findRun(library, Number(lastInsertRowid));
  });
}

/** The name itself or, when it is taken, the name with the first free number: `simclr 2`. */
export function freeRunName(library: Library, wanted: string): string {
  let name = wanted;
  for (let number = 2; runByName(library, name) !== null; number++) name = `${wanted} ${number}`;
  return name;
}

/** Changes the given columns of a run and leaves the others. */
export function updateRun(library: Library, id: number, changes: RunChanges): Run {
  const columns = Object.entries(changes);
  if (columns.length > 0) {
    const values = Object.fromEntries(
      columns.map(([column, value]) => [
        column,
        column === 'metrics' ? JSON.stringify(value) : value,
      ]),
    );
    const assignments = columns.map(([column]) => `${column} = @${column}`).join(', ');
    library.query(`UPDATE runs SET ${assignments} WHERE id = @id`).run({ ...values, id });
  }
  return findRun(library, id);
}

/**
 * A run by its number or its name; digits are a number unless a run has them as its name.
 * @throws EngineError not-found, naming the runs there are
 */
export function findRun(library: Library, reference: RunReference): Run {
  const run =
    (typeof reference === 'string' ? runByName(library, reference) : null) ??
    runById(library, reference);
  if (run !== null) return run;
  const names = listRuns(library).map(({ id, name }) => `${id} (${name})`);
  throw new EngineError(
    'not-found',
    names.length === 0
      ? `There is no run ${reference}: this library has no runs yet.`
      : `There is no run ${reference}; this library has ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' and others' : ''}.`,
  );
}

/** Every run, oldest first. */
export function listRuns(library: Library): Run[] {
  return library.query<RunRow>('SELECT * FROM runs ORDER BY id').all().map(fromRow);
}

/** Every run as clients see it, oldest first. */
export function runSummaries(library: Library): RunSummary[] {
  return listRuns(library).map(({ id, createdAt, weightsHash, ...run }) => ({
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
  }));
}

function runByName(library: Library, name: string): Run | null {
  const row = library.query<RunRow>('SELECT * FROM runs WHERE name = ?').get(name);
  return row === undefined ? null : fromRow(row);
}

function runById(library: Library, reference: RunReference): Run | null {
  if (!/^\d+$/.test(String(reference))) return null;
  const row = library.query<RunRow>('SELECT * FROM runs WHERE id = ?').get(Number(reference));
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: RunRow): Run {
  return {
    ...row,
    settings: JSON.parse(row.settings) as Run['settings'],
    metrics: JSON.parse(row.metrics) as Metrics,
  };
}
