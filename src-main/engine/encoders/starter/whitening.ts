import { dot } from '../../numeric/inner-product.ts';
import { principalDirections } from '../../numeric/principal-directions.ts';
import { addRowProducts } from '../../numeric/row-products.ts';

/** A linear map of features: subtracts the mean, then rotates and scales. */
interface Whitening {
  readonly inputDimensions: number;
  readonly outputDimensions: number;
  readonly mean: Float64Array;
  /**
   * [outputDimensions, inputDimensions]: each row is a principal direction over √(its standard
   * deviation).
   */
  readonly directions: Float64Array;
}

/**
 * Fits a whitening to `count` rows of `dimensions` features. It takes the first `outputDimensions`
 * principal directions, found by subspace iteration from a fixed start, or fewer if there are fewer
 * rows or features. Each is divided by the square root of its standard deviation, so that neither the
 * first directions nor the noisy last ones dominate the cosine.
 */
export function fitWhitening(
  features: Float32Array,
  count: number,
  dimensions: number,
  outputDimensions: number,
): Whitening {
  const mean = columnMeans(features, count, dimensions);
  const covariance = covarianceMatrix(features, count, dimensions, mean);
  const directionCount = Math.max(1, Math.min(outputDimensions, dimensions, count - 1));
  const { vectors, values } = principalDirections(covariance, dimensions, directionCount);
  const directions = new Float64Array(directionCount * dimensions);
  for (let row = 0; row < directionCount; row += 1) {
    const variance = Math.max(values[row] ?? 0, 1e-12);
    for (let column = 0; column < dimensions; column += 1) {
      const value = vectors[row * dimensions + column] ?? 0;
      directions[row * dimensions + column] = value / variance ** 0.25;
    }
  }
  return { inputDimensions: dimensions, outputDimensions: directionCount, mean, directions };
}

/** The whitened rows, scaled to length 1 (rows of zeros stay zeros); [count, outputDimensions]. */
export function applyWhitening(
  whitening: Whitening,
  features: Float32Array,
  count: number,
): Float32Array {
  const { inputDimensions, outputDimensions, mean, directions } = whitening;
  const result = new Float32Array(count * outputDimensions);
  const centred = new Float64Array(inputDimensions);
  for (let row = 0; row < count; row += 1) {
    for (let input = 0; input < inputDimensions; input += 1) {
      centred[input] = (features[row * inputDimensions + input] ?? 0) - (mean[input] ?? 0);
    }
    const whitened = result.subarray(row * outputDimensions, (row + 1) * outputDimensions);
    let squares = 0;
    for (let output = 0; output < outputDimensions; output += 1) {
      const value = dot(directions, output * inputDimensions, centred, 0, inputDimensions);
      whitened[output] = value;
      squares += value * value;
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

/** The covariance of the columns, summed over blocks of rows that fit into the processor's cache. */
function covarianceMatrix(
  features: Float32Array,
  count: number,
  dimensions: number,
  mean: Float64Array,
): Float64Array {
  const block = 128;
  const covariance = new Float64Array(dimensions * dimensions);
  for (let start = 0; start < count; start += block) {
    const columns = new Float64Array(dimensions * block);
    const rows = Math.min(block, count - start);
    for (let column = 0; column < dimensions; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        const value = features[(start + row) * dimensions + column] ?? 0;
        columns[column * block + row] = (value - (mean[column] ?? 0)) / Math.sqrt(count);
      }
    }
    addRowProducts(covariance, columns, columns, block);
  }
  for (let row = 0; row < dimensions; row += 1) {
    for (let column = 0; column < row; column += 1) {
      covariance[row * dimensions + column] = covariance[column * dimensions + row] ?? 0;
    }
  }
  return covariance;
}
