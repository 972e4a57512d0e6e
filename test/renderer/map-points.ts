import type { MapPoints } from '../../src-main/contract/map.ts';

/** A map of some pictures, by id; where they lie does not matter. */
export function mapPoints(map: string, ids: readonly number[]): MapPoints {
  return {
    ...{ map, method: 'umap', metric: 'cosine', seed: 1, neighbours: 15, minDistance: 0.1 },
    ...{ ids: Uint32Array.from(ids), coordinates: new Float32Array(2 * ids.length) },
  };
}
