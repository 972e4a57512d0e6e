import { EngineError } from '../../contract/errors/errors.ts';
import { toBlob } from './blobs.ts';
import type { Library } from './library-file.ts';
import { sampleIdsAsJson } from './sample-ids.ts';

/** 'h': features, before the projection head; 'z': after it. */
export type EmbeddingSpace = 'h' | 'z';

/** Unit rows [n, dimensions], row-major. */
interface Vectors {
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

/**
 * Stores unit vectors of pictures, one row per id, in one transaction; does not replace rows that are
 * stored already. In space z vectors of 0 numbers stand for those of h.
 */
export function saveEmbeddings(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
  { dimensions, vectors }: Vectors,
): void {
  if (vectors.length !== sampleIds.length * dimensions) {
    throw new RangeError(
      `${vectors.length} values are not ${sampleIds.length} rows of ${dimensions}.`,
    );
  }
  const insert = library.query(
    'INSERT OR IGNORE INTO embeddings (weightsHash, space, sampleId, vector) VALUES (?, ?, ?, ?)',
  );
  library.write(() => {
    for (const [row, sampleId] of sampleIds.entries()) {
      const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
      insert.run(weightsHash, space, sampleId, toBlob(vector));
    }
  });
}

/** The given samples that have no embedding by these weights, in their order. */
export function samplesWithoutEmbedding(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
): Uint32Array {
  const rows = library
    .query<{ id: number }>(
      `SELECT value AS id FROM json_each(?) AS wanted WHERE NOT EXISTS
         (SELECT 1 FROM embeddings WHERE weightsHash = ? AND space = ? AND sampleId = wanted.value)
       ORDER BY wanted.key`,
    )
    .all(sampleIdsAsJson(sampleIds), weightsHash, space);
  return Uint32Array.from(rows, ({ id }) => id);
}

/** The present pictures that have an embedding by these weights, ascending by id. */
export function embeddedSampleIds(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
): Uint32Array {
  const rows = library
    .query<{ sampleId: number }>(
      `SELECT sampleId FROM embeddings WHERE weightsHash = ? AND space = ?
         AND EXISTS (SELECT 1 FROM files WHERE files.sampleId = embeddings.sampleId)
       ORDER BY sampleId`,
    )
    .all(weightsHash, space);
  return Uint32Array.from(rows, ({ sampleId }) => sampleId);
}

/** Whether any picture has an embedding by these weights. */
export function hasEmbeddings(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
): boolean {
  return (
    library
      .query('SELECT 1 FROM embeddings WHERE weightsHash = ? AND space = ? LIMIT 1')
      .get(weightsHash, space) !== undefined
  );
}

/**
 * Whether z is h itself, as with a head that has no layer before it: z is stored empty or, in older
 * libraries, once more. A few pictures tell: of one alone both might be the same by chance.
 */
export function isProjectedAsFeatures(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace = 'z',
): boolean {
  if (space === 'h') return false;
  const row = library
    .query<{ isSame: number | null }>(
      `SELECT min(isSame) AS isSame FROM
         (SELECT length(z.vector) = 0 OR z.vector = h.vector AS isSame
          FROM embeddings AS z JOIN embeddings AS h USING (weightsHash, sampleId)
          WHERE weightsHash = ? AND z.space = 'z' AND h.space = 'h' LIMIT 8)`,
    )
    .get(weightsHash);
  return row?.isSame === 1;
}

/** Deletes the embeddings of weights that no run and no checkpoint has. */
export function deleteUnusedEmbeddings(library: Library, weightsHash: string): void {
  library
    .query(
      `DELETE FROM embeddings WHERE weightsHash = @weightsHash
         AND NOT EXISTS (SELECT 1 FROM runs WHERE weightsHash = @weightsHash)
         AND NOT EXISTS (SELECT 1 FROM checkpoints WHERE weightsHash = @weightsHash)`,
    )
    .run({ weightsHash });
}

/**
 * The vectors of the given samples, in their order.
 * @throws EngineError not-found where one has no embedding
 */
export function readEmbeddings(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
): Vectors {
  const stored = isProjectedAsFeatures(library, weightsHash, space) ? 'h' : space;
  const rows = library
    .query<{ targetRow: number; vector: Buffer }>(
      `SELECT wanted.key AS targetRow, vector FROM json_each(?) AS wanted
       CROSS JOIN embeddings ON weightsHash = ? AND space = ? AND sampleId = wanted.value`,
    )
    .iterate(sampleIdsAsJson(sampleIds), weightsHash, stored);
  let dimensions = 0;
  let bytes = new Uint8Array(0);
  let count = 0;
  for (const { targetRow, vector } of rows) {
    if (count === 0) {
      dimensions = vector.length / Float32Array.BYTES_PER_ELEMENT;
      bytes = new Uint8Array(sampleIds.length * vector.length);
    }
    bytes.set(vector, targetRow * vector.length);
    count++;
  }
  if (count < sampleIds.length) {
    throw new EngineError(
      'not-found',
      `${sampleIds.length - count} of ${sampleIds.length} pictures are not embedded by this encoder yet; embed them first.`,
    );
  }
  return { dimensions, vectors: new Float32Array(bytes.buffer) };
}
