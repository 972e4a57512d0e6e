import type { PairUse } from '../../contract/pair-use.ts';
import { toBlob, toFloat32Array, toUint32Array } from './blobs.ts';
import type { Library } from './library-file.ts';

/** A step of a training as its loss saw it, whose anchors are each other's candidates. */
export interface LossStep {
  /** Counted from 1. */
  readonly step: number;
  /** The pictures of the A anchors. */
  readonly rowIds: Uint32Array;
  /** Their unit rows z, [A, d]. */
  readonly rows: Float32Array;
  /** The similarity of each to its positive, [A]. */
  readonly positives: Float32Array;
  readonly settings: LossStepSettings;
}

/** How a step's loss was set. */
export interface LossStepSettings {
  /** The objective's scalars at that step, by name. */
  readonly scalars: Readonly<Record<string, number>>;
  /** The group of each anchor whose pictures were judged the same, -1 for none; with verdicts only. */
  readonly groups?: readonly number[];
  /** The rows that were judged the same pair by pair, each as row and column; with verdicts only. */
  readonly pairs?: readonly (readonly [number, number])[];
  /** The rows that were judged different, likewise, where the loss treats them otherwise. */
  readonly different?: readonly (readonly [number, number])[];
  /** Whether what was judged the same attracted each other outside the denominator, or in it (SupCon). */
  readonly attracts?: boolean;
  readonly contrasts?: boolean;
  /** The labels of each anchor that the training was given, slot after slot, -1 for none; and their use. */
  readonly labels?: readonly (readonly number[])[];
  readonly labelUse?: PairUse;
}

/** Stores the steps of a run's last epoch in place of those of the epoch before, in one transaction. */
export function saveLossSteps(
  library: Library,
  runId: number,
  epoch: number,
  steps: readonly LossStep[],
): void {
  const insert = library.query(
    `INSERT INTO lossSteps (runId, epoch, step, rowIds, rows, positives, settings)
     VALUES (@runId, @epoch, @step, @rowIds, @rows, @positives, @settings)`,
  );
  library.write(() => {
    library.query('DELETE FROM lossSteps WHERE runId = ?').run(runId);
    for (const { step, rowIds, rows, positives, settings } of steps) {
      insert.run({
        ...{ runId, epoch, step },
        rowIds: toBlob(rowIds),
        rows: toBlob(rows),
        positives: toBlob(positives),
        settings: JSON.stringify(settings),
      });
    }
  });
}

/** The recorded step in which a picture was an anchor, with its epoch; null where there is none. */
export function lossStepOf(
  library: Library,
  runId: number,
  sampleId: number,
): (LossStep & { readonly epoch: number }) | null {
  const rows = library
    .query<{ step: number; rowIds: Buffer }>(
      'SELECT step, rowIds FROM lossSteps WHERE runId = ? ORDER BY step',
    )
    .all(runId);
  // The second half are the second views, which may be of other pictures as positives.
  const isIn = (ids: Uint32Array): boolean => ids.subarray(0, ids.length / 2).includes(sampleId);
  const found = rows.find(({ rowIds }) => isIn(toUint32Array(rowIds)));
  if (found === undefined) return null;
  const stored = library
    .query<{ epoch: number; rows: Buffer; positives: Buffer; settings: string }>(
      'SELECT epoch, rows, positives, settings FROM lossSteps WHERE runId = ? AND step = ?',
    )
    .get(runId, found.step);
  if (stored === undefined) return null;
  return {
    epoch: stored.epoch,
    step: found.step,
    rowIds: toUint32Array(found.rowIds),
    rows: toFloat32Array(stored.rows),
    positives: toFloat32Array(stored.positives),
    settings: JSON.parse(stored.settings) as LossStepSettings,
  };
}

/** Whether any step of a run is recorded. */
export function hasLossSteps(library: Library, runId: number): boolean {
  return library.query('SELECT 1 FROM lossSteps WHERE runId = ? LIMIT 1').get(runId) !== undefined;
}
