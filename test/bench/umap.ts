import { layoutMap } from '../../src-main/engine/map/layout-map.ts';
import { exactNeighbours } from '../../src-main/engine/neighbours/exact-neighbours.ts';
import { clusteredUnitRows } from '../engine/neighbours/random-unit-rows.ts';

const rows = { count: 10_000, dimensions: 128 };
const parameters = { neighbours: 15, epochs: 200, seed: 1 };

/**
 * A map of 10,000 x 128 in 20 clusters, 200 epochs, as umap-learn is measured: `seconds` for everything,
 * `neighboursSeconds` of it for the exact neighbours.
 */
export async function benchUmap(): Promise<Record<string, number>> {
  const vectors = clusteredUnitRows({ ...rows, clusters: 20, spread: 0.6, seed: 1 });
  const start = performance.now();
  const neighbours = await exactNeighbours({ vectors, ...rows, k: parameters.neighbours - 1 });
  const afterNeighbours = performance.now();
  await layoutMap({ vectors, ...rows, neighbours, parameters });
  return {
    points: rows.count,
    dimensions: rows.dimensions,
    epochs: parameters.epochs,
    seconds: (performance.now() - start) / 1000,
    neighboursSeconds: (afterNeighbours - start) / 1000,
  };
}
