import type { Library } from './library-file.ts';

/**
 * A run's state after an epoch. `training` (optimiser slots, random state) is stored for the last epoch
 * only. Deleted weights and those of an imported run are empty; their hash remains and identifies the
 * vectors.
 */
export interface Checkpoint {
  readonly runId: number;
  readonly epoch: number;
  readonly weightsHash: string;
  readonly weights: Uint8Array;
  readonly training: Uint8Array | null;
}

/** Stores a checkpoint and deletes the training state of the earlier ones, in one transaction. */
export function saveCheckpoint(library: Library, checkpoint: Checkpoint): void {
  library.write(() => {
    library
      .query('UPDATE checkpoints SET training = NULL WHERE runId = ? AND training IS NOT NULL')
      .run(checkpoint.runId);
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

/** The checkpoint of the last epoch, or null. */
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
