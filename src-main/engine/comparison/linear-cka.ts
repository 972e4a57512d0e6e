import * as ort from 'onnxruntime-node';
import { gemmModel } from '../numeric/gemm-model.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { columnMeans, innerProducts } from './centred-columns.ts';

/**
 * Linear centred kernel alignment (CKA) of two sets of features of the same rows, 0 to 1:
 * ‖Yᵀ X‖²_F / (‖Xᵀ X‖_F ‖Yᵀ Y‖_F) with centred columns (Kornblith et al. 2019, equation 3), in
 * O(n d²). Dimensions may differ; null if all rows of a run have the same features.
 */
export async function linearCka(first: UnitRows, second: UnitRows): Promise<number | null> {
  const session = await ort.InferenceSession.create(gemmModel('float64'), { intraOpNumThreads: 2 });
  try {
    const x = { ...first, means: columnMeans(first) };
    const y = { ...second, means: columnMeans(second) };
    const ownX = squaredNorm(await innerProducts(session, x, x));
    const ownY = squaredNorm(await innerProducts(session, y, y));
    if (isRounding(ownX, first) || isRounding(ownY, second)) return null;
    return squaredNorm(await innerProducts(session, y, x)) / Math.sqrt(ownX * ownY);
  } finally {
    await session.release();
  }
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((total, value) => total + value * value, 0);
}

/** Whether ‖XᵀX‖² is only the rounding error of the means, because all rows are the same. */
function isRounding(own: number, { vectors }: UnitRows): boolean {
  let squares = 0;
  for (const value of vectors) squares += value * value;
  return Math.sqrt(own) <= 1e-20 * squares;
}
