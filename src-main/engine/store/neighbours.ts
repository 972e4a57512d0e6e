import { toBlob, toFloat32Array, toUint32Array } from './blobs.ts';
import type { EmbeddingSpace } from './embeddings.ts';
import type { Library } from './library-file.ts';
import { hashSampleIds } from './sample-ids.ts';

/** The k nearest neighbours of n samples: ids and similarities [n, k], row-major, the nearest first. */
interface NeighbourTable {
  readonly k: number;
  readonly ids: Uint32Array;
  readonly similarities: Float32Array;
}

/** Stores the neighbours of these samples among themselves, replacing those stored before. */
export function saveNeighbours(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
  { k, ids, similarities }: NeighbourTable,
): void {
  library
    .query(
      `INSERT INTO neighbours (weightsHash, space, samplesHash, k, ids, similarities)
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (weightsHash, space, samplesHash)
       DO UPDATE SET k = excluded.k, ids = excluded.ids, similarities = excluded.similarities`,
    )
    .run(weightsHash, space, hashSampleIds(sampleIds), k, toBlob(ids), toBlob(similarities));
}

/**
 * The stored neighbours for exactly these samples, or null. Their `k` may be smaller than the wanted
 * one.
 */
export function readNeighbours(
  library: Library,
  weightsHash: string,
  space: EmbeddingSpace,
  sampleIds: Uint32Array,
): NeighbourTable | null {
  const row = library
    .query<{ k: number; ids: Buffer; similarities: Buffer }>(
      `SELECT k, ids, similarities FROM neighbours
       WHERE weightsHash = ? AND space = ? AND samplesHash = ?`,
    )
    .get(weightsHash, space, hashSampleIds(sampleIds));
  if (row === undefined) return null;
  return {
    k: row.k,
    ids: toUint32Array(row.ids),
    similarities: toFloat32Array(row.similarities),
  };
}
