import type { WhitenedPart } from '../../networks/whitened-parts.ts';
import { dot } from '../../numeric/inner-product.ts';
import { principalDirections } from '../../numeric/principal-directions.ts';
import { addRowProducts, mirrorTriangle } from '../../numeric/row-products.ts';

/** A linear map of features: subtracts the mean, then rotates and scales each part. */
interface Whitening {
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

/**
 * Fits a whitening to `count` rows of features, which are parts side by side. It takes the first
 * principal directions of each part, found by subspace iteration from a fixed start, or fewer if there are
 * fewer rows or features. Each is divided by a power of its standard deviation, so that neither the first
 * directions nor the noisy last ones dominate the cosine; then parts are scaled so that all have the same
 * mean square.
 */
export function fitWhitening(
  features: Float32Array,
  count: number,
  wanted: readonly WhitenedPart[],
): Whitening {
  const dimensions = wanted.reduce((sum, { inputs }) => sum + inputs, 0);
  const mean = columnMeans(features, count, dimensions);
  const parts: FittedPart[] = [];
  let [input, output] = [0, 0];
  for (const part of wanted) {
    const { inputs } = part;
    const own = { first: input, inputs, stride: dimensions };
    const fitted = fitPart(covarianceMatrix(features, count, own, mean), count, part);
    if (wanted.length > 1) {
      const scale = 1 / Math.sqrt(fitted.variance);
      for (let index = 0; index < fitted.directions.length; index += 1) {
        fitted.directions[index] = (fitted.directions[index] ?? 0) * scale;
      }
    }
    const { directions } = fitted;
    parts.push({ ...{ input, output, inputs, directions }, outputs: directions.length / inputs });
    input += inputs;
    output += directions.length / inputs;
  }
  return { inputDimensions: dimensions, outputDimensions: output, mean, parts };
}

/** The scaled directions of a part, [outputs, inputs], and the sum of their outputs' variances. */
function fitPart(
  covariance: Float64Array,
  count: number,
  { inputs, outputs, power }: WhitenedPart,
): { directions: Float64Array; variance: number } {
  const directionCount = Math.max(1, Math.min(outputs, inputs, count - 1));
  const { vectors, values } = principalDirections(covariance, inputs, directionCount);
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
export function applyWhitening(
  { inputDimensions, outputDimensions, mean, parts }: Whitening,
  features: Float32Array,
  count: number,
): Float32Array {
  const result = new Float32Array(count * outputDimensions);
  const centred = new Float64Array(inputDimensions);
  for (let row = 0; row < count; row += 1) {
    for (let input = 0; input < inputDimensions; input += 1) {
      centred[input] = (features[row * inputDimensions + input] ?? 0) - (mean[input] ?? 0);
    }
    const whitened = result.subarray(row * outputDimensions, (row + 1) * outputDimensions);
    let squares = 0;
    for (const { input, output, inputs, outputs, directions } of parts) {
      for (let direction = 0; direction < outputs; direction += 1) {
        const value = dot(directions, direction * inputs, centred, input, inputs);
        whitened[output + direction] = value;
        squares += value * value;
      }
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let output = 0; output < outputDimensions; output += 1) {
      whitened[output] = (whitened[output] ?? 0) * scale;
    }
  }
  return result;
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

/** The covariance of a part's columns, summed over blocks of rows that fit into the processor's cache. */
function covarianceMatrix(
  features: Float32Array,
  count: number,
  { first, inputs: dimensions, stride }: { first: number; inputs: number; stride: number },
  mean: Float64Array,
): Float64Array {
  const block = 128;
  const covariance = new Float64Array(dimensions * dimensions);
  for (let start = 0; start < count; start += block) {
    const columns = new Float64Array(dimensions * block);
    const rows = Math.min(block, count - start);
    for (let column = 0; column < dimensions; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        const value = features[(start + row) * stride + first + column] ?? 0;
        columns[column * block + row] = (value - (mean[first + column] ?? 0)) / Math.sqrt(count);
      }
    }
    addRowProducts(covariance, columns, columns, block);
  }
  return mirrorTriangle(covariance, dimensions);
}
