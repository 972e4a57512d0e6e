/** A linear map fitted to a library's features: subtract the mean, then rotate and scale. */
export interface Whitening {
  readonly inputDimensions: number;
  readonly outputDimensions: number;
  readonly mean: Float64Array;
  /** Row-major outputDimensions x inputDimensions: each row a principal direction over sqrt(deviation). */
  readonly directions: Float64Array;
}

/** Directions kept beside the wanted ones while iterating, which speeds convergence up. */
const spareDirections = 16;
const iterations = 24;

/**
 * Fits a whitening to `count` rows of `dimensions` features: the first `outputDimensions` principal
 * directions, found by subspace iteration from a fixed start, each divided by the square root of
 * its standard deviation, so that neither the first directions nor the noisy last ones rule the cosine.
 * Fewer rows or features than directions give fewer directions.
 */
export function fitWhitening(
  features: Float32Array,
  count: number,
  dimensions: number,
  outputDimensions: number,
): Whitening {
  const mean = columnMeans(features, count, dimensions);
  const covariance = covarianceMatrix(features, count, dimensions, mean);
  const kept = Math.max(1, Math.min(outputDimensions, dimensions, count - 1));
  const width = Math.min(dimensions, kept + spareDirections);
  let basis = orthonormal(startBasis(width, dimensions), width, dimensions);
  for (let step = 0; step < iterations; step += 1) {
    basis = orthonormal(timesSymmetric(basis, covariance, width, dimensions), width, dimensions);
  }
  const { vectors, values } = rotateToAxes(basis, covariance, width, dimensions);
  const directions = new Float64Array(kept * dimensions);
  for (let row = 0; row < kept; row += 1) {
    const variance = Math.max(values[row] ?? 0, 1e-12);
    for (let column = 0; column < dimensions; column += 1) {
      const value = vectors[row * dimensions + column] ?? 0;
      directions[row * dimensions + column] = value / variance ** 0.25;
    }
  }
  return { inputDimensions: dimensions, outputDimensions: kept, mean, directions };
}

/** Whitened rows, brought to length 1 (an all-zero row stays zero): count x outputDimensions. */
export function applyWhitening(
  whitening: Whitening,
  features: Float32Array,
  count: number,
): Float32Array {
  const { inputDimensions, outputDimensions, mean, directions } = whitening;
  const result = new Float32Array(count * outputDimensions);
  const centred = new Float64Array(inputDimensions);
  for (let row = 0; row < count; row += 1) {
    for (let at = 0; at < inputDimensions; at += 1) {
      centred[at] = (features[row * inputDimensions + at] ?? 0) - (mean[at] ?? 0);
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

function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += (a[aStart + at] ?? 0) * (b[bStart + at] ?? 0);
  return sum;
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

/** The covariance of the columns, by blocks of rows that stay in the processor's cache. */
function covarianceMatrix(
  features: Float32Array,
  count: number,
  dimensions: number,
  mean: Float64Array,
): Float64Array {
  const block = 64;
  const columns = new Float64Array(dimensions * block);
  const covariance = new Float64Array(dimensions * dimensions);
  for (let start = 0; start < count; start += block) {
    const rows = Math.min(block, count - start);
    for (let column = 0; column < dimensions; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        const value = features[(start + row) * dimensions + column] ?? 0;
        columns[column * block + row] = value - (mean[column] ?? 0);
      }
    }
    for (let a = 0; a < dimensions; a += 1) {
      for (let b = 0; b <= a; b += 1) {
        const sum = dot(columns, a * block, columns, b * block, rows) / count;
        covariance[a * dimensions + b] = (covariance[a * dimensions + b] ?? 0) + sum;
      }
    }
  }
  for (let a = 0; a < dimensions; a += 1) {
    for (let b = 0; b < a; b += 1) {
      covariance[b * dimensions + a] = covariance[a * dimensions + b] ?? 0;
    }
  }
  return covariance;
}

/** Rows that no eigenvector is orthogonal to, the same at every call. */
function startBasis(width: number, dimensions: number): Float64Array {
  return Float64Array.from({ length: width * dimensions }, (_, at) => {
    const wave = Math.sin((at + 1) * 12.9898) * 43758.5453;
    return wave - Math.floor(wave) - 0.5;
  });
}

/** Every row of `basis` times a symmetric matrix. */
function timesSymmetric(
  basis: Float64Array,
  matrix: Float64Array,
  width: number,
  dimensions: number,
): Float64Array {
  const product = new Float64Array(width * dimensions);
  for (let column = 0; column < dimensions; column += 1) {
    for (let row = 0; row < width; row += 1) {
      product[row * dimensions + column] = dot(
        basis,
        row * dimensions,
        matrix,
        column * dimensions,
        dimensions,
      );
    }
  }
  return product;
}

/** Gram-Schmidt, each row twice, so that rows stay orthogonal to the last digits. */
function orthonormal(rows: Float64Array, width: number, dimensions: number): Float64Array {
  for (let row = 0; row < width; row += 1) {
    const start = row * dimensions;
    for (let pass = 0; pass < 2; pass += 1) {
      for (let other = 0; other < row; other += 1) {
        const overlap = dot(rows, start, rows, other * dimensions, dimensions);
        for (let at = 0; at < dimensions; at += 1) {
          rows[start + at] =
            (rows[start + at] ?? 0) - overlap * (rows[other * dimensions + at] ?? 0);
        }
      }
    }
    const length = Math.sqrt(dot(rows, start, rows, start, dimensions));
    const scale = length > 1e-150 ? 1 / length : 0;
    for (let at = 0; at < dimensions; at += 1) rows[start + at] = (rows[start + at] ?? 0) * scale;
  }
  return rows;
}

/**
 * Principal directions within the span of `basis`, by falling variance. After the iterations the
 * basis is close to them and sorted, so few Jacobi sweeps of the small matrix are left to do.
 */
function rotateToAxes(
  basis: Float64Array,
  covariance: Float64Array,
  width: number,
  dimensions: number,
): { vectors: Float64Array; values: Float64Array } {
  const image = timesSymmetric(basis, covariance, width, dimensions);
  const small = new Float64Array(width * width);
  for (let a = 0; a < width; a += 1) {
    for (let b = 0; b < width; b += 1) {
      small[a * width + b] = dot(basis, a * dimensions, image, b * dimensions, dimensions);
    }
  }
  const rotation = jacobiRotation(small, width);
  const order = [...new Array<number>(width).keys()].sort(
    (a, b) => (small[b * width + b] ?? 0) - (small[a * width + a] ?? 0),
  );
  const vectors = new Float64Array(width * dimensions);
  for (const [target, source] of order.entries()) {
    for (let row = 0; row < width; row += 1) {
      const weight = rotation[row * width + source] ?? 0;
      for (let at = 0; at < dimensions; at += 1) {
        vectors[target * dimensions + at] =
          (vectors[target * dimensions + at] ?? 0) + weight * (basis[row * dimensions + at] ?? 0);
      }
    }
  }
  const values = Float64Array.from(order, (source) => small[source * width + source] ?? 0);
  return { vectors, values };
}

const largestSweepCount = 30;

/** Makes a symmetric matrix diagonal in place; returns the rotation whose columns are eigenvectors. */
function jacobiRotation(matrix: Float64Array, size: number): Float64Array {
  const rotation = Float64Array.from({ length: size * size }, (_, at) =>
    at % (size + 1) === 0 ? 1 : 0,
  );
  for (let sweep = 0; sweep < largestSweepCount; sweep += 1) {
    let largest = 0;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        const off = matrix[p * size + q] ?? 0;
        const scale = Math.sqrt(
          Math.abs((matrix[p * size + p] ?? 0) * (matrix[q * size + q] ?? 0)),
        );
        if (Math.abs(off) <= 1e-12 * scale || off === 0) continue;
        largest = Math.max(largest, Math.abs(off) / (scale || 1));
        rotatePair(matrix, rotation, size, p, q);
      }
    }
    if (largest < 1e-10) break;
  }
  return rotation;
}

function rotatePair(
  matrix: Float64Array,
  rotation: Float64Array,
  size: number,
  p: number,
  q: number,
): void {
  const theta =
    ((matrix[q * size + q] ?? 0) - (matrix[p * size + p] ?? 0)) / (2 * (matrix[p * size + q] ?? 1));
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turn = (array: Float64Array, a: number, b: number): void => {
    const [x, y] = [array[a] ?? 0, array[b] ?? 0];
    array[a] = cosine * x - sine * y;
    array[b] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k += 1) turn(matrix, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(matrix, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(rotation, k * size + p, k * size + q);
}
