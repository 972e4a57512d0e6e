import type { RunHistory } from '../../contract/runs.ts';
import type { Library } from './library-file.ts';
import { currentMetricName } from './metric-names.ts';

/** One recorded training step; `epoch` may be a fraction, `seconds` is the time since the run began. */
export interface HistoryStep {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly clampRate: number;
  readonly seconds: number;
}

/** Stores steps in one transaction; a step that a resumed run repeats replaces the earlier record. */
export function saveHistory(library: Library, runId: number, steps: readonly HistoryStep[]): void {
  const insert = library.query(
    `INSERT OR REPLACE INTO history (runId, step, epoch, loss, clampRate, seconds)
     VALUES (@runId, @step, @epoch, @loss, @clampRate, @seconds)`,
  );
  library.write(() => {
    for (const step of steps) insert.run({ runId, ...step });
  });
}

/** Stores numbers of an epoch by name. */
export function saveEpochMetrics(
  library: Library,
  runId: number,
  epoch: number,
  values: Readonly<Record<string, number>>,
): void {
  const insert = library.query(
    'INSERT OR REPLACE INTO epochMetrics (runId, epoch, name, value) VALUES (?, ?, ?, ?)',
  );
  library.write(() => {
    for (const [name, value] of Object.entries(values)) insert.run(runId, epoch, name, value);
  });
}

/** Everything recorded of a run's training, by step and by epoch. */
export function readHistory(library: Library, runId: number): RunHistory {
  const steps = library
    .query<HistoryStep>(
      'SELECT step, epoch, loss, clampRate, seconds FROM history WHERE runId = ? ORDER BY step',
    )
    .all(runId);
  return {
    steps: Uint32Array.from(steps, ({ step }) => step),
    epochs: Float32Array.from(steps, ({ epoch }) => epoch),
    seconds: Float32Array.from(steps, ({ seconds }) => seconds),
    losses: Float32Array.from(steps, ({ loss }) => loss),
    clampRates: Float32Array.from(steps, ({ clampRate }) => clampRate),
    epochMetrics: library
      .query<RunHistory['epochMetrics'][number]>(
        'SELECT epoch, name, value FROM epochMetrics WHERE runId = ? ORDER BY epoch, name',
      )
      .all(runId)
      .map((row) => ({ ...row, name: currentMetricName(row.name) })),
  };
}
