import type { RunEmbeddings } from '../../neighbours/embedding-cache.ts';
import type { Neighbours } from '../../neighbours/exact-neighbours.ts';
import type { StoredMap } from '../../store/maps.ts';

/** The pictures of a map that are embedded, and where each is among the embeddings. */
export interface AtlasRows {
  readonly ids: Uint32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Rows of the embeddings. */
  readonly embedded: Int32Array;
}

export function atlasRows(map: StoredMap, { rowOfId }: RunEmbeddings): AtlasRows {
  const places = [...map.sampleIds.keys()].filter((at) => rowOfId.has(map.sampleIds[at] ?? 0));
  const ids = Uint32Array.from(places, (at) => map.sampleIds[at] ?? 0);
  return {
    ids,
    x: Float32Array.from(places, (at) => map.coordinates[2 * at] ?? NaN),
    y: Float32Array.from(places, (at) => map.coordinates[2 * at + 1] ?? NaN),
    embedded: Int32Array.from(ids, (id) => rowOfId.get(id) ?? -1),
  };
}

/** Neighbours as Embedding Atlas reads them: rows of the file, nearest first, with 1 - cosine. */
export interface AtlasNeighbours {
  readonly ids: readonly number[];
  readonly distances: readonly number[];
}

/** The nearest neighbours of rows `first` to `last` of the file, at most `most` of each. */
export function atlasNeighbours(
  { embedded }: AtlasRows,
  { rows, similarities, k }: Neighbours,
  most: number,
): (first: number, last: number) => AtlasNeighbours[] {
  const rowOfEmbedded = new Map(Array.from(embedded, (row, at) => [row, at]));
  return (first, last) =>
    Array.from(embedded.subarray(first, last), (row) => {
      const ids: number[] = [];
      const distances: number[] = [];
      for (let at = row * k; at < (row + 1) * k && ids.length < most; at++) {
        const other = rowOfEmbedded.get(rows[at] ?? -1);
        // An embedded picture need not be on the map.
        if (other === undefined) continue;
        ids.push(other);
        distances.push(Math.max(0, 1 - (similarities[at] ?? 0)));
      }
      return { ids, distances };
    });
}
