import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';

/**
 * The overlap of each row's first `k` neighbours in two runs: the Jaccard index |A ∩ B| / |A ∪ B|,
 * 0 to 1. Both are neighbours of the same rows, at least `k` of each.
 */
export function neighbourOverlap(first: Neighbours, second: Neighbours, k: number): Float64Array {
  const count = first.rows.length / first.k;
  const overlap = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const before = nearestOf(first, row, k);
    let shared = 0;
    for (const other of nearestOf(second, row, k)) if (before.includes(other)) shared += 1;
    overlap[row] = shared / (2 * k - shared);
  }
  return overlap;
}

/**
 * The rows among the first `k` neighbours of `row` in the second run only (gained) and in the first
 * only (lost).
 */
export function changedNeighbours(
  first: Neighbours,
  second: Neighbours,
  row: number,
  k: number,
): { readonly gained: Int32Array; readonly lost: Int32Array } {
  const before = nearestOf(first, row, k);
  const after = nearestOf(second, row, k);
  return {
    gained: after.filter((other) => !before.includes(other)),
    lost: before.filter((other) => !after.includes(other)),
  };
}
