import type { EmbeddingSpace } from './embeddings.ts';
import type { Library } from './library-file.ts';
import { idsOfJson } from './sample-ids.ts';

/** Whose vectors are read: those of some weights in the space where they are stored. */
export interface StoredVectors {
  readonly weightsHash: string;
  readonly space: EmbeddingSpace;
}

/** Stored vectors of pictures, ascending by id: the bytes of all, each as long as the others. */
export interface EmbeddingBlock {
  readonly ids: Uint32Array;
  readonly bytes: Uint8Array;
}

/** SQLite puts a block together by itself: a row of its own for each vector takes five times as long. */
const blockQuery = `SELECT json_group_array(sampleId) AS ids,
    CAST(group_concat(vector, '') AS BLOB) AS bytes, sum(length(vector)) AS length
  FROM embeddings WHERE weightsHash = ? AND space = ? AND sampleId BETWEEN ? AND ?`;

/** The vectors of the pictures with ids from `first` to `last`, present or not. */
export function readEmbeddingBlock(
  library: Library,
  { weightsHash, space }: StoredVectors,
  first: number,
  last: number,
): EmbeddingBlock {
  const { ids, bytes, length } = library
    .query<{ ids: string; bytes: Buffer | null; length: number | null }>(blockQuery)
    .get(weightsHash, space, first, last) ?? { ids: '[]', bytes: null, length: null };
  const block = { ids: idsOfJson(ids), bytes: bytes ?? new Uint8Array(0) };
  // What SQLite makes of zeros inside of a text is its own affair, so that it is looked at.
  const isWhole = block.bytes.length === (length ?? 0) && isAscending(block.ids);
  return isWhole ? block : readOneByOne(library, { weightsHash, space }, first, last);
}

function readOneByOne(
  library: Library,
  { weightsHash, space }: StoredVectors,
  first: number,
  last: number,
): EmbeddingBlock {
  const rows = library
    .query<{ sampleId: number; vector: Buffer }>(
      `SELECT sampleId, vector FROM embeddings
       WHERE weightsHash = ? AND space = ? AND sampleId BETWEEN ? AND ? ORDER BY sampleId`,
    )
    .all(weightsHash, space, first, last);
  return {
    ids: Uint32Array.from(rows, ({ sampleId }) => sampleId),
    bytes: Buffer.concat(rows.map(({ vector }) => vector)),
  };
}

function isAscending(ids: Uint32Array): boolean {
  for (let index = 1; index < ids.length; index++) {
    if ((ids[index] as number) <= (ids[index - 1] as number)) return false;
  }
  return true;
}
