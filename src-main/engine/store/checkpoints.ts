import type { Library } from './library-file.ts';

/**
 * A run's state after an epoch; `training` (optimiser, random state) is kept for the last one only. The
 * weights of an imported run are not here: they are no bytes, and their hash stands for its vectors.
 */
export interface Checkpoint {
  readonly runId: number;
  readonly epoch: number;
  readonly weightsHash: string;
  readonly weights: Uint8Array;
  readonly training: Uint8Array | null;
}

/** Keeps a checkpoint and drops the training state of the earlier ones, in one transaction. */
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

/** The checkpoint of a run that has the given weights, or null. */
export function checkpointOfWeights(
  library: Library,
  runId: number,
  weightsHash: string,
): Checkpoint | null {
  return (
    library
      .query<Checkpoint>(
        `SELECT runId, epoch, weightsHash, weights, training FROM checkpoints
         WHERE runId = ? AND weightsHash = ? LIMIT 1`,
      )
      .get(runId, weightsHash) ?? null
  );
}

/** The epochs that have a checkpoint, ascending, with their weights' hashes. */
export function listCheckpoints(
  library: Library,
  runId: number,
): { epoch: number; weightsHash: string }[] {
  return library
    .query<{ epoch: number; weightsHash: string }>(
      'SELECT epoch, weightsHash FROM checkpoints WHERE runId = ? ORDER BY epoch',
    )
    .all(runId);
}

/** The checkpoint of an epoch, or null. */
export function readCheckpoint(library: Library, runId: number, epoch: number): Checkpoint | null {
  return (
    library
      .query<Checkpoint>(
        `SELECT runId, epoch, weightsHash, weights, training FROM checkpoints
         WHERE runId = ? AND epoch = ?`,
      )
      .get(runId, epoch) ?? null
  );
}
