import * as ort from 'onnxruntime-node';
import type { UnitRows } from '../numeric/unit-rows.ts';

/** Rows that one run of the session takes. */
const blockRows = 4096;

/** Features, and the means of their columns that centre them. */
export interface CentredRows extends UnitRows {
  readonly means: Float64Array;
}

/** The mean of each column; [dimensions]. */
export function columnMeans({ vectors, count, dimensions }: UnitRows): Float64Array {
  const means = new Float64Array(dimensions);
  for (let index = 0; index < vectors.length; index++) {
    const column = index % dimensions;
    means[column] = (means[column] as number) + (vectors[index] as number) / count;
  }
  return means;
}

/**
 * Xᵀ Y of centred features of the same rows in float64, [d_x, d_y]; `session` runs
 * gemmModel('float64').
 */
export async function innerProducts(
  session: ort.InferenceSession,
  first: CentredRows,
  second: CentredRows,
): Promise<Float64Array> {
  const total = new Float64Array(first.dimensions * second.dimensions);
  for (let start = 0; start < first.count; start += blockRows) {
    const end = Math.min(first.count, start + blockRows);
    const { products } = await session.run({
      anchors: columnsOf(first, start, end),
      candidates: columnsOf(second, start, end),
    });
    const part = products?.data as Float64Array;
    for (let index = 0; index < total.length; index++) {
      total[index] = (total[index] as number) + (part[index] as number);
    }
  }
  return total;
}

/** The centred features of the rows from `start` to `end`, transposed; [dimensions, rows]. */
function columnsOf(
  { vectors, dimensions, means }: CentredRows,
  start: number,
  end: number,
): ort.Tensor {
  const rows = end - start;
  const columns = new Float64Array(dimensions * rows);
  for (let column = 0; column < dimensions; column++) {
    const mean = means[column] as number;
    for (let row = 0; row < rows; row++) {
      columns[column * rows + row] =
        (vectors[(start + row) * dimensions + column] as number) - mean;
    }
  }
  return new ort.Tensor('float64', columns, [dimensions, rows]);
}
