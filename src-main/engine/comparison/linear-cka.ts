import type { UnitRows } from '../neighbours/unit-rows.ts';

/**
 * Linear centred kernel alignment of two sets of features of the same rows, 0 to 1:
 * ‖Yᵀ X‖²_F / (‖Xᵀ X‖_F ‖Yᵀ Y‖_F) with centred columns (Kornblith et al. 2019, equation 3), in
 * O(n d²). Dimensions may differ; null where one run gives all rows the same features.
 */
export function linearCka(first: UnitRows, second: UnitRows): number | null {
  const x = centredColumns(first);
  const y = centredColumns(second);
  const ownX = squaredNormOfProduct(x, x);
  const ownY = squaredNormOfProduct(y, y);
  if (ownX === 0 || ownY === 0) return null;
  return squaredNormOfProduct(y, x) / Math.sqrt(ownX * ownY);
}

/** Column after column, each with mean 0. */
function centredColumns({ vectors, count, dimensions }: UnitRows): Float64Array[] {
  return Array.from({ length: dimensions }, (_, dimension) => {
    const column = new Float64Array(count);
    let total = 0;
    for (let row = 0; row < count; row++) {
      total += column[row] = vectors[row * dimensions + dimension] as number;
    }
    const mean = total / count;
    for (let row = 0; row < count; row++) column[row] = (column[row] as number) - mean;
    return column;
  });
}

function squaredNormOfProduct(left: Float64Array[], right: Float64Array[]): number {
  let total = 0;
  for (const one of left) for (const other of right) total += product(one, other) ** 2;
  return total;
}

function product(left: Float64Array, right: Float64Array): number {
  let even = 0;
  let odd = 0;
  let row = 0;
  for (; row + 1 < left.length; row += 2) {
    even += (left[row] as number) * (right[row] as number);
    odd += (left[row + 1] as number) * (right[row + 1] as number);
  }
  if (row < left.length) even += (left[row] as number) * (right[row] as number);
  return even + odd;
}
