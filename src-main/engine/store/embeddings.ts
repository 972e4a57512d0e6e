import { EngineError } from '../../contract/errors.ts';
import { toBlob } from './blobs.ts';
import type { Library } from './library-file.ts';
import { sampleIdsAsJson } from './sample-ids.ts';

/** 'h': features, before the projection head; 'z': after it. */
export type EmbeddingSpace = 'h' | 'z';

/** Unit rows, n x dimensions, row-major. */
export interface Vectors {
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

/** Keeps unit vectors of pictures, one row per id, in one transaction; rows known already are kept. */
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

/** Those of the given samples that these weights have not embedded, in their order. */
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

/** Those of the present pictures that these weights have embedded, ascending. */
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

/** Whether these weights have embedded any picture. */
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

/** Deletes the vectors of weights that no run or checkpoint has. */
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
 * @throws EngineError not-found when one has not been embedded
 */
export function readEmbeddings(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
): Vectors {
  const rows = library
    .query<{ place: number; vector: Buffer }>(
      `SELECT wanted.key AS place, vector FROM json_each(?) AS wanted
       CROSS JOIN embeddings ON weightsHash = ? AND space = ? AND sampleId = wanted.value`,
    )
    .iterate(sampleIdsAsJson(sampleIds), weightsHash, space);
  let dimensions = 0;
  let bytes = new Uint8Array(0);
  let count = 0;
  for (const { place, vector } of rows) {
    if (count === 0) {
      dimensions = vector.length / Float32Array.BYTES_PER_ELEMENT;
      bytes = new Uint8Array(sampleIds.length * vector.length);
    }
    bytes.set(vector, place * vector.length);
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
