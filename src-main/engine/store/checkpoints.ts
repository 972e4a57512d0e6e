import type { Library } from './library-file.ts';

/**
 * A run's state after an epoch. `training` (optimiser slots, random state) is stored for the last epoch,
 * and for the one whose weights the run is to have. Deleted weights and those of an imported run are empty; their hash remains and identifies the
 * vectors.
 */
export interface Checkpoint {
  readonly runId: number;
  readonly epoch: number;
  readonly weightsHash: string;
  readonly weights: Uint8Array;
  readonly training: Uint8Array | null;
}

/**
 * Stores a checkpoint and deletes the training state of the earlier ones, except of the epoch `kept`, in
 * one transaction.
 */
export function saveCheckpoint(
  library: Library,
  checkpoint: Checkpoint,
  kept: number | null = null,
): void {
  library.write(() => {
    library
      .query(
        `UPDATE checkpoints SET training = NULL
         WHERE runId = ? AND training IS NOT NULL AND epoch IS NOT ?`,
      )
      .run(checkpoint.runId, kept);
    library
      .query(
        `INSERT OR REPLACE INTO checkpoints (runId, epoch, weightsHash, weights, training)
         VALUES (@runId, @epoch, @weightsHash, @weights, @training)`,
      )
      .run(checkpoint);
  });
}

/**
 * Deletes the weights of all epochs before `epoch` that are not in `storedEpochs`; their hashes remain.
 */
export function dropEarlierWeights(
  library: Library,
  runId: number,
  epoch: number,
  storedEpochs: ReadonlySet<number>,
): void {
  library
    .query(
      `UPDATE checkpoints SET weights = x'' WHERE runId = ? AND epoch < ? AND length(weights) > 0
         AND epoch NOT IN (SELECT value FROM json_each(?))`,
    )
    .run(runId, epoch, JSON.stringify([...storedEpochs]));
}

/**
 * The checkpoint with the weights of a run: those of its last epoch, or of an earlier one that was kept;
 * null where it has finished none.
 */
export function runCheckpoint(
  library: Library,
  { id, weightsHash }: { readonly id: number; readonly weightsHash: string | null },
): Checkpoint | null {
  const own = weightsHash === null ? null : checkpointOfWeights(library, id, weightsHash);
  return own ?? latestCheckpoint(library, id);
}

/** The checkpoint of the last epoch, from which a training goes on, or null. */
export function latestCheckpoint(library: Library, runId: number): Checkpoint | null {
  return (
    library
      .query<Checkpoint>(
        `SELECT runId, epoch, weightsHash, weights, training FROM checkpoints
         WHERE runId = ? ORDER BY epoch DESC LIMIT 1`,
      )
      .get(runId) ?? null
  );
}

/**
 * The checkpoint of a run with the given weights; null where there is none, or its weights were
 * deleted.
 */
export function checkpointOfWeights(
  library: Library,
  runId: number,
  weightsHash: string,
): Checkpoint | null {
  return (
    library
      .query<Checkpoint>(
        `SELECT runId, epoch, weightsHash, weights, training FROM checkpoints
         WHERE runId = ? AND weightsHash = ? AND length(weights) > 0 LIMIT 1`,
      )
      .get(runId, weightsHash) ?? null
  );
}

/**
 * The epochs whose weights, or whose embeddings, are stored, ascending, with the hashes of their
 * weights.
 */
export function listCheckpoints(
  library: Library,
  runId: number,
): { epoch: number; weightsHash: string }[] {
  return library
    .query<{ epoch: number; weightsHash: string }>(
      `SELECT epoch, weightsHash FROM checkpoints WHERE runId = ? AND (length(weights) > 0
         OR EXISTS (SELECT 1 FROM embeddings WHERE embeddings.weightsHash = checkpoints.weightsHash))
       ORDER BY epoch`,
    )
    .all(runId);
}

/** The checkpoint of an epoch; null where there is none, or its weights were deleted. */
export function readCheckpoint(library: Library, runId: number, epoch: number): Checkpoint | null {
  return (
    library
      .query<Checkpoint>(
        `SELECT runId, epoch, weightsHash, weights, training FROM checkpoints
         WHERE runId = ? AND epoch = ? AND length(weights) > 0`,
      )
      .get(runId, epoch) ?? null
  );
}
