import type { Neighbours } from './exact-neighbours.ts';
import { rankBySimilarity } from '../numeric/similarity-rank.ts';
import {
  checkUnitRowsOnce,
  lengthTolerance,
  productsWithAll,
  productsWithSome,
} from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';

/** All rows as one of them sees them. */
interface ComparedAnchor {
  /** Its product with every row, [rows]. */
  readonly products: Float64Array;
  /** The other rows, those with the largest product first, of equal ones the lower row. */
  readonly nearestFirst: Uint32Array;
}

/**
 * The rows among the k nearest of `row` that have `row` among their own k nearest, exactly. They are
 * looked up in `stored`, the neighbours of all rows, or, where it has fewer than k of each, computed
 * for this row alone, by `compared` where that is known already.
 * @throws EngineError bad-argument for rows that are not finite or not of length 1, where they are computed
 */
export function mutualNeighbours(
  rows: UnitRows,
  stored: Neighbours | null,
  row: number,
  k: number,
  compared?: ComparedAnchor,
): Int32Array {
  const possible = Math.min(k, rows.count - 1);
  if (possible < 1) return new Int32Array(0);
  if (stored !== null && stored.k >= possible) {
    const nearest = (other: number): Int32Array =>
      stored.rows.subarray(other * stored.k, other * stored.k + possible);
    return nearest(row).filter((other) => nearest(other).includes(row));
  }
  checkUnitRowsOnce(rows);
  const anchor = compared ?? comparedWithAll(rows, row);
  return Int32Array.from(anchor.nearestFirst.subarray(0, possible)).filter((other) =>
    isAmongNearest(rows, { ...anchor, row }, other, possible),
  );
}

function comparedWithAll(rows: UnitRows, row: number): ComparedAnchor {
  const products = productsWithAll(rows, row);
  const { order } = rankBySimilarity(products);
  return { products, nearestFirst: order.filter((other) => other !== row) };
}

/** Rows that are multiplied before it is looked whether enough of them are nearer. */
const rivalsAtOnce = 64;

/** Whether fewer than k rows are nearer to the row `other` than the anchor is, ties by the lower row. */
function isAmongNearest(
  rows: UnitRows,
  { row, products, nearestFirst }: ComparedAnchor & { readonly row: number },
  other: number,
  k: number,
): boolean {
  const similarity = products[other] as number;
  const least = leastOfNearer(similarity);
  let nearer = 0;
  for (let first = 0; first < nearestFirst.length && nearer < k; first += rivalsAtOnce) {
    const rivals = nearestFirst.subarray(first, first + rivalsAtOnce);
    if ((products[rivals[0] as number] as number) < least) break;
    const theirs = productsWithSome(rows, other, rivals);
    for (let place = 0; place < rivals.length && nearer < k; place++) {
      const rival = rivals[place] as number;
      const product = theirs[place] as number;
      if (rival === other) continue;
      if (product > similarity || (product === similarity && rival < row)) nearer++;
    }
  }
  return nearer < k;
}

/**
 * The least product with an anchor of what is nearer to a neighbour than the anchor is: by the triangle
 * inequality of angles it is at most twice as far from the anchor as that neighbour; less a reserve for
 * rows that are up to 0.1 % too long or too short.
 */
function leastOfNearer(similarity: number): number {
  const cosine = similarity / (1 + lengthTolerance) ** 2;
  // From 90 degrees on, twice the angle leaves nothing out.
  return cosine <= 0 ? -Infinity : 2 * cosine ** 2 - 1 - 3 * lengthTolerance;
}
