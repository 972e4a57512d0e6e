import * as ort from 'onnxruntime-node';
import { gemmModel } from '../numeric/gemm-model.ts';
import { symmetricEigenvalues } from '../numeric/symmetric-eigenvalues.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/** Garrido et al. 2023, equation 1. */
const epsilon = 1e-7;

/**
 * RankMe (Garrido et al. 2023): e to the entropy of p_k = σ_k / Σσ + 1e-7 over the singular values σ of
 * the rows [n, d], here of unit length. From 1, where all rows lie on one line, to about min(n, d), where
 * they fill all directions alike. It needs no labels. 0 without rows.
 */
export async function rankMe({ vectors, count, dimensions }: UnitRows): Promise<number> {
  if (count === 0) return 0;
  const isWide = dimensions > count;
  const [size, length] = isWide ? [count, dimensions] : [dimensions, count];
  const rows = new Float64Array(vectors.length);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < dimensions; column++) {
      rows[isWide ? row * dimensions + column : column * count + row] = vectors[
        row * dimensions + column
      ] as number;
    }
  }
  const session = await ort.InferenceSession.create(gemmModel('float64'), sessionThreads(2));
  try {
    const matrix = new ort.Tensor('float64', rows, [size, length]);
    const { products } = await session.run({ anchors: matrix, candidates: matrix });
    const squares = symmetricEigenvalues(products?.data as Float64Array, size);
    return rankOf(squares.map((square) => Math.sqrt(Math.max(0, square))));
  } finally {
    await session.release();
  }
}

/** e to the entropy of singular values. */
function rankOf(values: Float64Array): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  let entropy = 0;
  for (const value of values) {
    const share = value / total + epsilon;
    entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
