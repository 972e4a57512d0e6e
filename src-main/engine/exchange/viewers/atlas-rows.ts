import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import type { Neighbours } from '../../neighbours/exact-neighbours.ts';
import type { StoredMap } from '../../store/maps.ts';

/** The pictures of a map that are embedded, and the row of each in the embeddings. */
export interface AtlasRows {
  readonly ids: Uint32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The row of each picture in the embeddings. */
  readonly embedded: Int32Array;
}

/** Selects the pictures of a map that are embedded, with their positions in map units. */
export function atlasRows(map: StoredMap, { rowOfId }: RunEmbeddings): AtlasRows {
  const indices = [...map.sampleIds.keys()].filter((index) =>
    rowOfId.has(map.sampleIds[index] ?? 0),
  );
  const ids = Uint32Array.from(indices, (index) => map.sampleIds[index] ?? 0);
  return {
    ids,
    x: Float32Array.from(indices, (index) => map.coordinates[2 * index] ?? NaN),
    y: Float32Array.from(indices, (index) => map.coordinates[2 * index + 1] ?? NaN),
    embedded: Int32Array.from(ids, (id) => rowOfId.get(id) ?? -1),
  };
}

/**
 * Neighbours in the form that Embedding Atlas reads: rows of the file, nearest first, with 1 − cosine
 * as distance.
 */
export interface AtlasNeighbours {
  readonly ids: readonly number[];
  readonly distances: readonly number[];
}

/** The nearest neighbours of the rows `first` to `last` of the file, at most `most` of each. */
export function atlasNeighbours(
  { embedded }: AtlasRows,
  { rows, similarities, k }: Neighbours,
  most: number,
): (first: number, last: number) => AtlasNeighbours[] {
  const rowOfEmbedded = new Map(Array.from(embedded, (row, index) => [row, index]));
  return (first, last) =>
    Array.from(embedded.subarray(first, last), (row) => {
      const ids: number[] = [];
      const distances: number[] = [];
      for (let index = row * k; index < (row + 1) * k && ids.length < most; index++) {
        const other = rowOfEmbedded.get(rows[index] ?? -1);
        // An embedded picture may be missing from the map.
        if (other === undefined) continue;
        ids.push(other);
        distances.push(Math.max(0, 1 - (similarities[index] ?? 0)));
      }
      return { ids, distances };
    });
}
