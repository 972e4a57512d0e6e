import * as ort from 'onnxruntime-node';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { gemmModel } from '../numeric/gemm-model.ts';
import { dotProduct } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { innerProducts } from './centred-columns.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/** Rows whose squared similarities are added up at once. */
const blockRows = 4096;

/** For each row the mean of its similarities to all other rows, and the mean of their squares. */
export interface SimilarityMoments {
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

/** Mean and standard deviation of the cosines of all pairs of different rows. */
interface SimilarityScale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The moments of the similarities of unit rows, from Σx and XᵀX in O(n d²): exact, without the n²
 * similarities.
 */
export async function similarityMoments(rows: UnitRows): Promise<SimilarityMoments> {
  const { vectors, count, dimensions } = rows;
  const [means, squares] = [new Float64Array(count), new Float64Array(count)];
  if (count < 2) return { means, squares };
  const sums = new Float64Array(dimensions);
  for (let index = 0; index < vectors.length; index++) {
    const column = index % dimensions;
    sums[column] = (sums[column] as number) + (vectors[index] as number);
  }
  const session = await ort.InferenceSession.create(gemmModel('float64'), sessionThreads(2));
  try {
    const plain = { ...rows, means: new Float64Array(dimensions) };
    const gram = new ort.Tensor('float64', await innerProducts(session, plain, plain), [
      dimensions,
      dimensions,
    ]);
    for (let start = 0; start < count; start += blockRows) {
      const end = Math.min(count, start + blockRows);
      const block = Float64Array.from(vectors.subarray(start * dimensions, end * dimensions));
      const anchors = new ort.Tensor('float64', block, [end - start, dimensions]);
      const { products } = await session.run({ anchors, candidates: gram });
      const spread = products?.data as Float64Array;
      for (let row = start; row < end; row++) {
        const own = dotProduct(vectors, row * dimensions, row * dimensions, dimensions);
        let [total, squared] = [-own, -own * own];
        for (let column = 0; column < dimensions; column++) {
          const value = vectors[row * dimensions + column] as number;
          total += value * (sums[column] as number);
          squared += value * (spread[(row - start) * dimensions + column] as number);
        }
        means[row] = total / (count - 1);
        squares[row] = squared / (count - 1);
      }
    }
  } finally {
    await session.release();
  }
  return { means, squares };
}

/** The scale of all rows. */
export function similarityScale({ means, squares }: SimilarityMoments): SimilarityScale {
  const mean = meanOf(means);
  return { mean, deviation: Math.sqrt(Math.max(0, meanOf(squares) - mean * mean)) };
}

/**
 * The scale of a part of the rows, to the first order of the part (the projection of a mean over pairs:
 * Hoeffding 1948): what is left out is smaller by the number of rows. `isIn` marks its rows with 1.
 */
export function scaleOfPart(
  { means, squares }: SimilarityMoments,
  isIn: Uint8Array,
): SimilarityScale {
  let [rows, first, second] = [0, 0, 0];
  for (let row = 0; row < isIn.length; row++) {
    if (isIn[row] !== 1) continue;
    rows += 1;
    first += means[row] as number;
    second += squares[row] as number;
  }
  if (rows === 0) return { mean: 0, deviation: 0 };
  const mean = (2 * first) / rows - meanOf(means);
  const square = (2 * second) / rows - meanOf(squares);
  return { mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
}

/** A mean similarity in deviations above the mean similarity of two rows; 0 where all are alike. */
export function standardised(similarity: number, { mean, deviation }: SimilarityScale): number {
  return deviation > 1e-9 ? (similarity - mean) / deviation : 0;
}

/**
 * How hard a row's negatives are in its own space: the standardised mean similarity to its `k` nearest.
 */
export function standardHardness(
  { similarities, k: width }: Neighbours,
  scale: SimilarityScale,
  row: number,
  k: number,
): number {
  let total = 0;
  for (let index = row * width; index < row * width + k; index++) total += similarities[index] ?? 0;
  return standardised(total / k, scale);
}

function meanOf(column: Float64Array): number {
  return column.length === 0 ? 0 : column.reduce((total, one) => total + one, 0) / column.length;
}
