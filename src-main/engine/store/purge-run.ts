import type { Library } from './library-file.ts';
import type { Run } from './runs.ts';
import { frozenPartOf } from './view-features.ts';

const rowsPerPiece = 2000;
const pagesPerPiece = 2000;
/** The result of `PRAGMA auto_vacuum` for a file that can free pages step by step. */
const incremental = 2;

/** Marks deleted runs as being purged: from now on they cannot be restored. */
export function beginPurge(library: Library, ids: readonly number[]): void {
  library
    .query(
      `UPDATE runs SET purging = 1 WHERE deletedAt IS NOT NULL
         AND id IN (SELECT value FROM json_each(?))`,
    )
    .run(JSON.stringify(ids));
}

/** The runs whose purge began but did not finish. */
export function purgingRuns(library: Library): Pick<Run, 'id' | 'name' | 'weightsHash'>[] {
  return library
    .query<Pick<Run, 'id' | 'name' | 'weightsHash'>>(
      'SELECT id, name, weightsHash FROM runs WHERE purging = 1 ORDER BY id',
    )
    .all();
}

/**
 * Deletes a run for good: its records and weights, and the vectors, neighbours, maps and comparisons of
 * weights that no other run has. Each step is one short transaction.
 */
export function* purgeRun(
  library: Library,
  { id, weightsHash }: Pick<Run, 'id' | 'weightsHash'>,
): Generator<void> {
  const piece = (sql: string, ...parameters: unknown[]): number =>
    library.query(sql).run(...parameters).changes;
  for (const hash of ownWeights(library, id, weightsHash)) {
    for (const table of ['embeddings', 'viewFeatures', 'positives'] as const) {
      while (piece(pieceOfVectors[table], hash) > 0) yield;
    }
    piece('DELETE FROM neighbours WHERE weightsHash = ?', hash);
    piece('DELETE FROM maps WHERE weightsHash = ?', hash);
    piece('DELETE FROM comparisons WHERE firstWeights = ? OR secondWeights = ?', hash, hash);
    yield;
  }
  for (const sql of piecesOfRecords) {
    while (piece(sql, id) > 0) yield;
  }
  piece('DELETE FROM runs WHERE id = ?', id);
  yield;
}

/**
 * Gives free pages back to the disk, step by step; a file of an older version keeps them for new data.
 */
export function* releaseSpace({ db }: Library): Generator<void> {
  if (db.pragma('auto_vacuum', { simple: true }) !== incremental) return;
  while ((db.pragma('freelist_count', { simple: true }) as number) > 0) {
    db.pragma(`incremental_vacuum(${pagesPerPiece})`);
    yield;
  }
}

/** Bytes of the file that contain data. */
export function usedBytes({ db }: Library): number {
  const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map(
    (pragma) => db.pragma(pragma, { simple: true }) as number,
  );
  return ((pages ?? 0) - (free ?? 0)) * (size ?? 0);
}

const pieceOfVectors = {
  embeddings: `DELETE FROM embeddings WHERE (weightsHash, space, sampleId) IN
    (SELECT weightsHash, space, sampleId FROM embeddings WHERE weightsHash = ? LIMIT ${rowsPerPiece})`,
  positives: `DELETE FROM positives WHERE (weightsHash, sampleId) IN
    (SELECT weightsHash, sampleId FROM positives WHERE weightsHash = ? LIMIT ${rowsPerPiece})`,
  viewFeatures: `DELETE FROM viewFeatures WHERE rowid IN
    (SELECT rowid FROM viewFeatures WHERE encoderHash IN
      (WITH purged (hash) AS (SELECT ?)
        SELECT hash FROM purged UNION ALL SELECT '${frozenPartOf}' || hash FROM purged)
     LIMIT ${rowsPerPiece})`,
};

const piecesOfRecords = [
  `DELETE FROM ledger WHERE (runId, epoch, sampleId) IN
    (SELECT runId, epoch, sampleId FROM ledger WHERE runId = ? LIMIT ${rowsPerPiece})`,
  `DELETE FROM history WHERE (runId, step) IN
    (SELECT runId, step FROM history WHERE runId = ? LIMIT ${rowsPerPiece})`,
  `DELETE FROM lossSteps WHERE rowid IN (SELECT rowid FROM lossSteps WHERE runId = ? LIMIT 1)`,
  `DELETE FROM checkpoints WHERE rowid IN (SELECT rowid FROM checkpoints WHERE runId = ? LIMIT 1)`,
];

/** The hashes of a run's weights, of now and of its epochs, that belong to no other run. */
function ownWeights(library: Library, id: number, weightsHash: string | null): string[] {
  return library
    .query<{ hash: string }>(
      `SELECT DISTINCT hash FROM
         (SELECT weightsHash AS hash FROM checkpoints WHERE runId = @id UNION SELECT @weightsHash) AS own
       WHERE hash IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id <> @id AND runs.weightsHash = own.hash)
         AND NOT EXISTS
           (SELECT 1 FROM checkpoints WHERE runId <> @id AND checkpoints.weightsHash = own.hash)`,
    )
    .all({ id, weightsHash })
    .map(({ hash }) => hash);
}
