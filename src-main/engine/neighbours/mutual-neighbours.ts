import type { Neighbours } from './exact-neighbours.ts';
import {
  checkUnitRowsOnce,
  dotProduct,
  lengthTolerance,
  productsWithAll,
} from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/**
 * The rows among the k nearest of `row` that have `row` among their own k nearest, exactly. They are
 * looked up in `stored`, the neighbours of all rows, or, where it has fewer than k of each, computed
 * for this row alone; `products` are then those of `row` with all rows, if they are known already.
 * @throws EngineError bad-argument for rows that are not finite or not of length 1, where they are computed
 */
export function mutualNeighbours(
  rows: UnitRows,
  stored: Neighbours | null,
  row: number,
  k: number,
  products?: Float64Array,
): Int32Array {
  const possible = Math.min(k, rows.count - 1);
  if (possible < 1) return new Int32Array(0);
  if (stored !== null && stored.k >= possible) {
    const nearest = (other: number): Int32Array =>
      stored.rows.subarray(other * stored.k, other * stored.k + possible);
    return nearest(row).filter((other) => nearest(other).includes(row));
  }
  checkUnitRowsOnce(rows);
  const known = products ?? productsWithAll(rows, row);
  return nearestByProduct(known, row, possible).filter((other) =>
    isAmongNearest(rows, { row, products: known }, other, possible),
  );
}

/** The k rows with the largest products, without `row` itself, ties by the lower row. */
function nearestByProduct(products: Float64Array, row: number, k: number): Int32Array {
  const nearest = new Int32Array(k);
  const best = new Float64Array(k).fill(-Infinity);
  const last = k - 1;
  for (let other = 0; other < products.length; other++) {
    const product = products[other] as number;
    if (product <= (best[last] as number) || other === row) continue;
    let place = last;
    for (; place > 0 && product > (best[place - 1] as number); place--) {
      best[place] = best[place - 1] as number;
      nearest[place] = nearest[place - 1] as number;
    }
    best[place] = product;
    nearest[place] = other;
  }
  return nearest;
}

/** An anchor's row, and its products with all rows. */
interface ComparedAnchor {
  readonly row: number;
  readonly products: Float64Array;
}

/** Whether fewer than k rows are nearer to the row `other` than the anchor is, ties by the lower row. */
function isAmongNearest(
  { vectors, count, dimensions }: UnitRows,
  { row, products }: ComparedAnchor,
  other: number,
  k: number,
): boolean {
  const similarity = products[other] as number;
  const least = leastOfNearer(similarity);
  let nearer = 0;
  for (let rival = 0; rival < count && nearer < k; rival++) {
    if ((products[rival] as number) < least || rival === row || rival === other) continue;
    const product = dotProduct(vectors, other * dimensions, rival * dimensions, dimensions);
    if (product > similarity || (product === similarity && rival < row)) nearer++;
  }
  return nearer < k;
}

/**
 * The least product with an anchor of what is nearer to a neighbour than the anchor is: two angles of
 * that neighbour's similarity from the anchor, as angles keep the triangle inequality; less a reserve
 * for rows that are up to 0.1 % too long or too short.
 */
function leastOfNearer(similarity: number): number {
  const cosine = similarity / (1 + lengthTolerance) ** 2;
  // From 90 degrees on twice the angle leaves nothing out.
  return cosine <= 0 ? -Infinity : 2 * cosine ** 2 - 1 - 3 * lengthTolerance;
}
