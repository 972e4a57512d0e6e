import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import { DoubleProducts } from '../../numeric/double-products.ts';
import { principalDirections } from '../../numeric/principal-directions.ts';
import { sessionThreads } from '../../threads/compute-limits.ts';

/** A linear map of features: subtracts the mean, then rotates and scales each part. */
export interface Whitening {
  readonly inputDimensions: number;
  readonly outputDimensions: number;
  readonly mean: Float64Array;
  readonly parts: readonly FittedPart[];
}

interface FittedPart {
  /** Its first feature, and its first output. */
  readonly input: number;
  readonly output: number;
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs]: each row is a scaled principal direction. */
  readonly directions: Float64Array;
}

/** What a whitening tells while it computes: the part done, 0 to 1; what is awaited then may throw to stop. */
export type WhiteningProgress = (done: number) => Promise<void>;

/** Rows of which products are computed at once. */
const block = 1024;
/** The part of fitting in which covariances are summed, about. */
const covarianceShare = 0.6;

/**
 * Fits a whitening to `count` rows of features, which are parts side by side. It takes the first
 * principal directions of each part, found by subspace iteration from a fixed start, at most half as many as
 * there are rows: in as many directions as rows, all rows are as far from each other, and a linear classifier does
 * worse than by chance. Each direction is divided by a power of its standard deviation, so that neither the
 * first ones nor the noisy last ones dominate the cosine; then parts are scaled so that all have the same mean
 * square. `onProgress` takes the part done, 0 to 1.
 */
export async function fitWhitening(
  features: Float32Array,
  count: number,
  wanted: readonly WhitenedPart[],
  onProgress: WhiteningProgress,
): Promise<Whitening> {
  const dimensions = wanted.reduce((sum, { inputs }) => sum + inputs, 0);
  const mean = columnMeans(features, count, dimensions);
  const parts: FittedPart[] = [];
  let [input, output] = [0, 0];
  const products = await DoubleProducts.create(sessionThreads());
  try {
    for (const [index, part] of wanted.entries()) {
      const { inputs } = part;
      const own = { first: input, inputs, stride: dimensions };
      const within: WhiteningProgress = (done) => onProgress((index + done) / wanted.length);
      const matrix = await covarianceMatrix(features, count, own, { mean, products, within });
      const fitted = await fitPart(matrix, count, part, {
        products,
        yieldToEvents: () => within(covarianceShare),
      });
      if (wanted.length > 1) scale(fitted.directions, 1 / Math.sqrt(fitted.variance));
      const { directions } = fitted;
      parts.push({ ...{ input, output, inputs, directions }, outputs: directions.length / inputs });
      input += inputs;
      output += directions.length / inputs;
    }
  } finally {
    await products.dispose();
  }
  return { inputDimensions: dimensions, outputDimensions: output, mean, parts };
}

function scale(values: Float64Array, factor: number): void {
  for (let index = 0; index < values.length; index += 1) {
    values[index] = (values[index] ?? 0) * factor;
  }
}

/** The scaled directions of a part, [outputs, inputs], and the sum of their outputs' variances. */
async function fitPart(
  covariance: Float64Array,
  count: number,
  { inputs, outputs, power }: WhitenedPart,
  means: Parameters<typeof principalDirections>[3],
): Promise<{ directions: Float64Array; variance: number }> {
  const directionCount = Math.max(1, Math.min(outputs, inputs, Math.ceil(count / 2)));
  const { vectors, values } = await principalDirections(covariance, inputs, directionCount, means);
  const directions = new Float64Array(directionCount * inputs);
  let sum = 0;
  for (let row = 0; row < directionCount; row += 1) {
    const variance = Math.max(values[row] ?? 0, 1e-12);
    sum += variance ** (1 - power);
    for (let column = 0; column < inputs; column += 1) {
      const value = vectors[row * inputs + column] ?? 0;
      directions[row * inputs + column] = value / variance ** (power / 2);
    }
  }
  return { directions, variance: sum };
}

/** The whitened rows, scaled to length 1 (rows of zeros stay zeros); [count, outputDimensions]. */
export async function applyWhitening(
  { inputDimensions, outputDimensions, mean, parts }: Whitening,
  features: Float32Array,
  count: number,
  onProgress: WhiteningProgress,
): Promise<Float32Array> {
  const result = new Float32Array(count * outputDimensions);
  const products = await DoubleProducts.create(sessionThreads());
  try {
    for (let start = 0; start < count; start += block) {
      await onProgress(start / count);
      const rows = Math.min(block, count - start);
      const own = result.subarray(start * outputDimensions, (start + rows) * outputDimensions);
      for (const { input, output, inputs, outputs, directions } of parts) {
        const centred = new Float64Array(rows * inputs);
        for (let at = 0; at < centred.length; at += 1) {
          const column = input + (at % inputs);
          const row = start + Math.floor(at / inputs);
          centred[at] = (features[row * inputDimensions + column] ?? 0) - (mean[column] ?? 0);
        }
        const whitened = await products.times(centred, directions, inputs);
        for (let at = 0; at < whitened.length; at += 1) {
          const row = Math.floor(at / outputs);
          own[row * outputDimensions + output + (at % outputs)] = whitened[at] ?? 0;
        }
      }
      scaleToUnitRows(own, outputDimensions);
    }
  } finally {
    await products.dispose();
  }
  return result;
}

function scaleToUnitRows(rows: Float32Array, length: number): void {
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    const squares = row.reduce((sum, value) => sum + value * value, 0);
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let index = 0; index < length; index += 1) row[index] = (row[index] ?? 0) * factor;
  }
}

function columnMeans(features: Float32Array, count: number, dimensions: number): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < dimensions; column += 1) {
      mean[column] = (mean[column] ?? 0) + (features[row * dimensions + column] ?? 0) / count;
    }
  }
  return mean;
}

/** The covariance of a part's columns, summed over blocks of rows. */
async function covarianceMatrix(
  features: Float32Array,
  count: number,
  { first, inputs: dimensions, stride }: { first: number; inputs: number; stride: number },
  { mean, products, within }: CovarianceMeans,
): Promise<Float64Array> {
  const covariance = new Float64Array(dimensions * dimensions);
  for (let start = 0; start < count; start += block) {
    await within((covarianceShare * start) / count);
    const rows = Math.min(block, count - start);
    const columns = new Float64Array(dimensions * rows);
    for (let column = 0; column < dimensions; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        const value = features[(start + row) * stride + first + column] ?? 0;
        columns[column * rows + row] = (value - (mean[first + column] ?? 0)) / Math.sqrt(count);
      }
    }
    const added = await products.times(columns, columns, rows);
    for (let index = 0; index < covariance.length; index += 1) {
      covariance[index] = (covariance[index] ?? 0) + (added[index] ?? 0);
    }
  }
  return covariance;
}

interface CovarianceMeans {
  readonly mean: Float64Array;
  readonly products: DoubleProducts;
  readonly within: WhiteningProgress;
}
