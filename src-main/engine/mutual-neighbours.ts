import { neighboursOfOne } from './neighbours/exact-neighbours.ts';
import { dotProduct } from './neighbours/unit-rows.ts';
import type { UnitRows } from './neighbours/unit-rows.ts';

/** k of the mutual kNN that makes a negative suspect. */
export const mutualNeighbourCount = 15;

/**
 * The rows among the k nearest of `row` that have `row` among their own k nearest, exactly and
 * without a table of all neighbours (50,000 x 128: tens of milliseconds).
 */
export function mutualNeighbours(rows: UnitRows, row: number, k: number): Int32Array {
  const possible = Math.min(k, rows.count - 1);
  if (possible < 1) return new Int32Array(0);
  return neighboursOfOne({ ...rows, row, k: possible }).rows.filter((other) =>
    isAmongNearest(rows, other, row, possible),
  );
}

/** Whether fewer than k rows are nearer to `row` than `candidate`, ties by lower row. */
function isAmongNearest(
  { vectors, count, dimensions }: UnitRows,
  row: number,
  candidate: number,
  k: number,
): boolean {
  const start = row * dimensions;
  const similarity = dotProduct(vectors, start, candidate * dimensions, dimensions);
  let nearer = 0;
  for (let other = 0; other < count && nearer < k; other++) {
    if (other === row || other === candidate) continue;
    const rival = dotProduct(vectors, start, other * dimensions, dimensions);
    if (rival > similarity || (rival === similarity && other < candidate)) nearer++;
  }
  return nearer < k;
}
