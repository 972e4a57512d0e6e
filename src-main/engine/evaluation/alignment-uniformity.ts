import * as ort from 'onnxruntime-node';
import { gemmModel } from '../numeric/gemm-model.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

/** Rows whose inner products with all earlier rows are computed at once. */
const blockRows = 500;

/**
 * Alignment: the mean squared distance between the unit rows of two views of each picture, 0 (equal)
 * to 4 (Wang and Isola 2020, equation 1 with alpha 2).
 */
export function alignment(first: UnitRows, second: UnitRows): number {
  let total = 0;
  for (let index = 0; index < first.vectors.length; index++) {
    const difference = (first.vectors[index] ?? 0) - (second.vectors[index] ?? 0);
    total += difference * difference;
  }
  return total / first.count;
}

/**
 * Uniformity: log of the mean of exp(-2 |x - y|²) over pairs of unit rows (Wang and Isola 2020,
 * equation 2 with t = 2). It is 0 if all rows are equal, and near -4 if they are spread evenly. 2,000
 * rows, 2 million pairs, take well under a second.
 */
export async function uniformity(rows: UnitRows): Promise<number> {
  const { count, dimensions } = rows;
  if (count < 2) return 0;
  const sample = Float64Array.from(rows.vectors);
  const session = await ort.InferenceSession.create(gemmModel('float64'), sessionThreads(2));
  let total = 0;
  try {
    for (let start = 0; start < count; start += blockRows) {
      const end = Math.min(count, start + blockRows);
      const { products } = await session.run({
        anchors: tensorOf(sample, start, end, dimensions),
        candidates: tensorOf(sample, 0, end, dimensions),
      });
      total += potentialToEarlier(products?.data as Float64Array, start, end);
    }
  } finally {
    await session.release();
  }
  return Math.log(total / ((count * (count - 1)) / 2));
}

function tensorOf(
  sample: Float64Array,
  start: number,
  end: number,
  dimensions: number,
): ort.Tensor {
  const values = sample.subarray(start * dimensions, end * dimensions);
  return new ort.Tensor('float64', values, [end - start, dimensions]);
}

/** The sum of exp(-2 |x - y|²) over the rows from `start` to `end`, each with every row before it. */
function potentialToEarlier(products: Float64Array, start: number, end: number): number {
  let total = 0;
  for (let row = start; row < end; row++) {
    const line = (row - start) * end;
    for (let other = 0; other < row; other++) {
      total += Math.exp(4 * ((products[line + other] as number) - 1));
    }
  }
  return total;
}
