import { neighboursOfOne } from './exact-neighbours.ts';
import type { Neighbours } from './exact-neighbours.ts';
import { dotProduct } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/**
 * The rows among the k nearest of `row` that have `row` among their own k nearest, exactly. They are
 * looked up in `stored`, the neighbours of all rows, or, where it has fewer than k of each, computed
 * for this row alone.
 */
export function mutualNeighbours(
  rows: UnitRows,
  stored: Neighbours | null,
  row: number,
  k: number,
): Int32Array {
  const possible = Math.min(k, rows.count - 1);
  if (possible < 1) return new Int32Array(0);
  if (stored !== null && stored.k >= possible) {
    const nearest = (other: number): Int32Array =>
      stored.rows.subarray(other * stored.k, other * stored.k + possible);
    return nearest(row).filter((other) => nearest(other).includes(row));
  }
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
