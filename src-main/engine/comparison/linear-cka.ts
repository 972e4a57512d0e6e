import * as ort from 'onnxruntime-node';
import { gemmModel } from '../numeric/gemm-model.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { columnMeans, innerProducts } from './centred-columns.ts';
import type { CentredRows } from './centred-columns.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/**
 * Debiased linear centred kernel alignment (CKA) of two sets of features of the same n rows: the unbiased
 * estimate HSIC₁ (Song et al. 2012, equation 5, as Nguyen et al. 2021 use it) in
 * CKA = HSIC₁(K, L) / √(HSIC₁(K, K) HSIC₁(L, L)) with K = X Xᵀ and L = Y Yᵀ (Kornblith et al. 2019). 1 is
 * the same but for rotation and scale; unrelated features give 0 on average, whatever n and d, so that a
 * single value may be a little below 0. In O(n d²), without the n x n matrices. Null with fewer than four
 * rows, or if all rows of a run have the same features.
 */
export async function linearCka(first: UnitRows, second: UnitRows): Promise<number | null> {
  if (first.count < 4) return null;
  const session = await ort.InferenceSession.create(gemmModel('float64'), sessionThreads(2));
  try {
    const x = kernelOf(first);
    const y = kernelOf(second);
    const hsic = async (a: Kernel, b: Kernel): Promise<number> =>
      unbiasedHsic(squaredNorm(await innerProducts(session, a, b)), a, b);
    const [ownX, ownY] = [await hsic(x, x), await hsic(y, y)];
    if (isRounding(ownX, x) || isRounding(ownY, y)) return null;
    return (await hsic(x, y)) / Math.sqrt(ownX * ownY);
  } finally {
    await session.release();
  }
}

/** Centred rows, and what is needed of their kernel K without its diagonal, K̃. */
interface Kernel extends CentredRows {
  /** The squared length of each centred row: the diagonal of K. */
  readonly diagonal: Float64Array;
  /** The sum of each row of K̃. */
  readonly sums: Float64Array;
}

/** Centring does not change HSIC₁, but keeps its terms small. */
function kernelOf(rows: UnitRows): Kernel {
  const { vectors, count, dimensions } = rows;
  const means = columnMeans(rows);
  const diagonal = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < dimensions; column++) {
      const value = (vectors[row * dimensions + column] as number) - (means[column] as number);
      diagonal[row] = (diagonal[row] as number) + value * value;
    }
  }
  // The inner products of a row with all rows add up to 0, because these are centred.
  return { ...rows, means, diagonal, sums: diagonal.map((own) => -own) };
}

/** HSIC₁ from ‖Xᵀ Y‖²; equation 5 of Song et al. (2012). */
function unbiasedHsic(cross: number, { count: n, ...a }: Kernel, b: Kernel): number {
  const trace = cross - dot(a.diagonal, b.diagonal);
  const [allA, allB] = [sum(a.sums), sum(b.sums)];
  const sums = (allA * allB) / ((n - 1) * (n - 2));
  return (trace + sums - (2 / (n - 2)) * dot(a.sums, b.sums)) / (n * (n - 3));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(first: Float64Array, second: Float64Array): number {
  let total = 0;
  for (let index = 0; index < first.length; index++) {
    total += (first[index] as number) * (second[index] as number);
  }
  return total;
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((total, value) => total + value * value, 0);
}

/** Whether HSIC₁ of a kernel with itself is only rounding error, because all rows are the same. */
function isRounding(own: number, { vectors, count }: Kernel): boolean {
  let squares = 0;
  for (const value of vectors) squares += value * value;
  return own * count * count <= 1e-20 * squares * squares;
}
