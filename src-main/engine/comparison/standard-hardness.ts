import * as ort from 'onnxruntime-node';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { gemmModel } from '../numeric/gemm-model.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { innerProducts } from './centred-columns.ts';

/** Mean and standard deviation of the cosines of all pairs of different rows. */
export interface SimilarityScale {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The mean and the deviation of the similarities of all pairs of unit rows, from Σx and XᵀX in O(n d²):
 * exact, without the n² similarities.
 */
export async function similarityScale(rows: UnitRows): Promise<SimilarityScale> {
  const { vectors, count, dimensions } = rows;
  const pairs = count * (count - 1);
  if (pairs === 0) return { mean: 0, deviation: 0 };
  const sums = new Float64Array(dimensions);
  let own = 0;
  let ownSquared = 0;
  for (let row = 0; row < count; row++) {
    let length = 0;
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[row * dimensions + column] as number;
      sums[column] = (sums[column] as number) + value;
      length += value * value;
    }
    own += length;
    ownSquared += length * length;
  }
  const total = sums.reduce((all, value) => all + value * value, 0);
  const mean = (total - own) / pairs;
  const session = await ort.InferenceSession.create(gemmModel('float64'), { intraOpNumThreads: 2 });
  try {
    const centred = { ...rows, means: new Float64Array(dimensions) };
    const gram = await innerProducts(session, centred, centred);
    const squares = gram.reduce((all, value) => all + value * value, 0);
    const variance = (squares - ownSquared) / pairs - mean * mean;
    return { mean, deviation: Math.sqrt(Math.max(0, variance)) };
  } finally {
    await session.release();
  }
}

/**
 * How hard a row's negatives are in its own space: the mean similarity to its `k` nearest, in deviations
 * above the mean similarity of two rows. 0 where all rows are alike.
 */
export function standardHardness(
  { similarities, k: width }: Neighbours,
  { mean, deviation }: SimilarityScale,
  row: number,
  k: number,
): number {
  let total = 0;
  for (let index = row * width; index < row * width + k; index++) total += similarities[index] ?? 0;
  return deviation > 1e-9 ? (total / k - mean) / deviation : 0;
}
