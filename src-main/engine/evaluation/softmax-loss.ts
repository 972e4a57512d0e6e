import type { Matrix, MatrixProducts } from '../numeric/matrix-products.ts';
import type { Slope } from '../numeric/lbfgs.ts';

interface SoftmaxProblem {
  readonly products: MatrixProducts;
  /** [rows, d + 1] with a constant at the end, and its transpose. */
  readonly features: Matrix;
  readonly columns: Matrix;
  /** The class of each row, from 0. */
  readonly classes: Uint32Array;
  readonly classCount: number;
  /** λ; the constant is free of it. */
  readonly ridge: number;
}

/**
 * The mean cross-entropy of weights [classes, d + 1] plus λ/2 times the square of those of the features,
 * and its gradient. Scores are held class by class, so that each pass over them is contiguous.
 */
export async function softmaxLoss(
  { products, features, columns, classes, classCount, ridge }: SoftmaxProblem,
  weights: Float32Array,
): Promise<Slope> {
  const matrix = { values: weights, rows: classCount, columns: features.columns };
  const scores = await products.times(matrix, features);
  const entropy = toResiduals(scores, classes, classCount);
  const residuals = { values: scores, rows: classCount, columns: classes.length };
  const gradient = await products.times(residuals, columns);
  let squares = 0;
  for (let label = 0; label < classCount; label++) {
    const start = label * features.columns;
    for (let index = start; index < start + features.columns - 1; index++) {
      const weight = weights[index] as number;
      squares += weight * weight;
      gradient[index] = (gradient[index] as number) + ridge * weight;
    }
  }
  return { value: entropy + 0.5 * ridge * squares, gradient };
}

/**
 * Replaces scores [classes, rows] by (probability - 1 for the row's own class) / rows, in place; returns
 * the mean cross-entropy.
 */
function toResiduals(scores: Float32Array, classes: Uint32Array, classCount: number): number {
  const rows = classes.length;
  const highest = new Float64Array(rows).fill(-Infinity);
  for (let at = 0, label = 0; label < classCount; label++) {
    for (let row = 0; row < rows; row++, at++) {
      if ((scores[at] as number) > (highest[row] as number)) highest[row] = scores[at] as number;
    }
  }
  let entropy = 0;
  for (let row = 0; row < rows; row++) {
    entropy += (highest[row] as number) - (scores[(classes[row] as number) * rows + row] as number);
  }
  const totals = new Float64Array(rows);
  for (let at = 0, label = 0; label < classCount; label++) {
    for (let row = 0; row < rows; row++, at++) {
      const power = Math.exp((scores[at] as number) - (highest[row] as number));
      scores[at] = power;
      totals[row] = (totals[row] as number) + power;
    }
  }
  for (let row = 0; row < rows; row++) {
    entropy += Math.log(totals[row] as number);
    totals[row] = 1 / ((totals[row] as number) * rows);
  }
  for (let at = 0, label = 0; label < classCount; label++) {
    for (let row = 0; row < rows; row++, at++) {
      scores[at] = (scores[at] as number) * (totals[row] as number);
    }
  }
  for (let row = 0; row < rows; row++) {
    const own = (classes[row] as number) * rows + row;
    scores[own] = (scores[own] as number) - 1 / rows;
  }
  return entropy / rows;
}
