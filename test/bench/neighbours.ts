import {
  exactNeighbours,
  neighboursOfOne,
} from '../../src-main/engine/neighbours/exact-neighbours.ts';
import { clusteredUnitRows } from '../engine/neighbours/random-unit-rows.ts';

const rows = { count: 10_000, dimensions: 128 };
const k = 15;

/** Exact neighbours of all of 10,000 x 128 and of one row of it; threads and their start included. */
export async function benchNeighbours(): Promise<Record<string, number>> {
  const vectors = clusteredUnitRows({ ...rows, clusters: 20, spread: 0.6, seed: 1 });
  const start = performance.now();
  await exactNeighbours({ vectors, ...rows, k });
  const afterAll = performance.now();
  neighboursOfOne({ vectors, ...rows, row: 0, k });
  return {
    ...rows,
    k,
    seconds: (afterAll - start) / 1000,
    oneAnchorSeconds: (performance.now() - afterAll) / 1000,
  };
}
