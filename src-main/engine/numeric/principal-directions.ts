import type { DoubleProducts } from './double-products.ts';
import { dot } from './inner-product.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import type { JacobiAccuracy } from './symmetric-eigen.ts';

/** Additional directions in the iteration, which make it converge faster. */
const spareDirections = 16;
const iterations = 7;
/** Small variances must be as accurate as large ones, since whitening divides by them. */
const accuracy: JacobiAccuracy = { relativeTo: 'diagonal', negligible: 1e-12, converged: 1e-10 };

interface PrincipalDirections {
  /** Unit rows [count, dimensions], row-major, by falling variance. */
  readonly vectors: Float64Array;
  /** Variance along each direction. */
  readonly values: Float64Array;
}

/** What computes, and what is awaited between the iterations; it may throw to stop. */
interface IterationMeans {
  readonly products: DoubleProducts;
  readonly yieldToEvents: () => Promise<void>;
}

/**
 * The first `count` principal directions of a covariance [dimensions, dimensions], by subspace
 * iteration from a fixed start. The last directions are approximate where variances are close.
 */
export async function principalDirections(
  covariance: Float64Array,
  dimensions: number,
  count: number,
  { products, yieldToEvents }: IterationMeans,
): Promise<PrincipalDirections> {
  const width = Math.min(dimensions, count + spareDirections);
  let basis = orthonormal(startBasis(width, dimensions), width, dimensions);
  for (let step = 0; step < iterations; step += 1) {
    await yieldToEvents();
    basis = orthonormal(await products.times(basis, covariance, dimensions), width, dimensions);
  }
  basis = orthonormal(basis, width, dimensions, 2);
  await yieldToEvents();
  const image = await products.times(basis, covariance, dimensions);
  const small = await products.times(basis, image, dimensions);
  const { vectors, values } = rotateToAxes(basis, small, width, dimensions);
  return { vectors: vectors.subarray(0, count * dimensions), values: values.subarray(0, count) };
}

/** Start rows to which no eigenvector is orthogonal, the same at every call. */
function startBasis(width: number, dimensions: number): Float64Array {
  return Float64Array.from({ length: width * dimensions }, (_, index) => {
    const wave = Math.sin((index + 1) * 12.9898) * 43758.5453;
    return wave - Math.floor(wave) - 0.5;
  });
}

/** Gram-Schmidt, in the given array; a second pass makes the rows orthogonal to the last digits. */
function orthonormal(
  rows: Float64Array,
  width: number,
  dimensions: number,
  passes = 1,
): Float64Array {
  for (let row = 0; row < width; row += 1) {
    const start = row * dimensions;
    for (let pass = 0; pass < passes; pass += 1) {
      for (let other = 0; other < row; other += 1) {
        const overlap = dot(rows, start, rows, other * dimensions, dimensions);
        for (let index = 0; index < dimensions; index += 1) {
          rows[start + index] =
            (rows[start + index] ?? 0) - overlap * (rows[other * dimensions + index] ?? 0);
        }
      }
    }
    const length = Math.sqrt(dot(rows, start, rows, start, dimensions));
    const scale = length > 1e-150 ? 1 / length : 0;
    for (let index = 0; index < dimensions; index += 1)
      rows[start + index] = (rows[start + index] ?? 0) * scale;
  }
  return rows;
}

/**
 * Principal directions within the span of `basis`, by falling variance, from the covariance within it, `small`
 * [width, width]. After the iterations, the basis is close to them and sorted, so that few Jacobi sweeps of
 * the small matrix are needed.
 */
function rotateToAxes(
  basis: Float64Array,
  small: Float64Array,
  width: number,
  dimensions: number,
): PrincipalDirections {
  const rows = Array.from({ length: width }, (_, row) =>
    small.subarray(row * width, (row + 1) * width),
  );
  const eigen = symmetricEigen(rows, accuracy);
  const vectors = new Float64Array(width * dimensions);
  for (const [target, weights] of eigen.vectors.entries()) {
    for (const [row, weight] of weights.entries()) {
      for (let index = 0; index < dimensions; index += 1) {
        vectors[target * dimensions + index] =
          (vectors[target * dimensions + index] ?? 0) +
          weight * (basis[row * dimensions + index] ?? 0);
      }
    }
  }
  return { vectors, values: Float64Array.from(eigen.values) };
}
