import { compareRows } from '../../src-main/engine/comparison/compare-rows.ts';
import { exactNeighbours } from '../../src-main/engine/neighbours/exact-neighbours.ts';
import { clusteredUnitRows } from '../engine/neighbours/random-unit-rows.ts';

const dimensions = 128;
const k = 15;

/** Comparing two runs of 10,000 and of 50,000 pictures x 128, with the search for neighbours of both. */
export async function benchCompare(): Promise<Record<string, number>> {
  const figures: Record<string, number> = { dimensions, k };
  for (const count of [10_000, 50_000]) figures[`seconds${count}`] = await secondsFor(count);
  return figures;
}

async function secondsFor(count: number): Promise<number> {
  const rows = { count, dimensions };
  const [first, second] = [1, 2].map((seed) =>
    clusteredUnitRows({ ...rows, clusters: 20, spread: 0.6, seed }),
  ) as [Float32Array, Float32Array];
  const known = {
    labels: Int32Array.from({ length: count }, (_, row) => row % 20),
    groups: new Int32Array(count).fill(-1),
    different: [],
  };
  const start = performance.now();
  const side = async (vectors: Float32Array) => ({
    vectors,
    ...rows,
    neighbours: await exactNeighbours({ vectors, ...rows, k }),
  });
  await compareRows(await side(first), await side(second), known, {
    k,
    most: 20,
    seed: 1,
    breathe: () => Promise.resolve(),
  });
  return (performance.now() - start) / 1000;
}
