import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { symmetricEigen } from '../numeric/symmetric-eigen.ts';

/** The axes are accurate when their residuals are below this part of the largest eigenvalue. */
const accuracy = 1e-7;
const checkEvery = 10;
const mostSteps = 200;
/** A subspace is exhausted when a new direction's length is below this part of the largest variance. */
const exhausted = 1e-10;
/** The variance of float32 rounding in unit rows; an axis with less has no information. */
const leastVariance = 1e-13;

/**
 * The first two principal components of the rows, [count, 2]; x has the larger variance. The largest
 * loading of each axis is positive, so that the same rows give the same map. An axis without variance
 * is 0.
 */
export function pcaMap(rows: UnitRows): Float32Array {
  const { vectors, count, dimensions } = rows;
  const coordinates = new Float32Array(count * 2);
  if (count < 2) return coordinates;
  const mean = columnMeans(rows);
  principalAxes(rows, mean).forEach((axis, index) => {
    const origin = dot(axis, mean);
    for (let row = 0; row < count; row++) {
      const own = vectors.subarray(row * dimensions, (row + 1) * dimensions);
      coordinates[2 * row + index] = dot(axis, own) - origin;
    }
  });
  return coordinates;
}

function columnMeans({ vectors, count, dimensions }: UnitRows): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < count; row++) {
    addScaled(mean, vectors.subarray(row * dimensions, (row + 1) * dimensions), 1 / count);
  }
  return mean;
}

/** A Krylov basis of the covariance, and the covariance in this basis, which is tridiagonal. */
interface Krylov {
  readonly basis: Float64Array[];
  readonly diagonal: number[];
  /** besideDiagonal[i] couples basis[i] with basis[i + 1]. */
  readonly besideDiagonal: number[];
}

/**
 * The first two principal axes, or fewer, as unit vectors: Lanczos with full re-orthogonalisation on
 * the covariance, which is never computed itself (Golub & Van Loan, 10.3). A subspace contains an
 * eigenvalue only once, so two subspaces are searched, in case two axes have the same variance.
 */
function principalAxes(rows: UnitRows, mean: Float64Array): Float64Array[] {
  const generator = xoroshiro128plus(1);
  const krylov: Krylov = { basis: [], diagonal: [], besideDiagonal: [] };
  const { basis, diagonal, besideDiagonal } = krylov;
  const limit = Math.min(rows.dimensions, mostSteps);
  let direction = randomDirection(rows.dimensions, basis, generator);
  for (let exhaustions = 0; exhaustions < 2;) {
    basis.push(direction);
    const image = covarianceTimes(rows, mean, direction);
    diagonal.push(dot(image, direction));
    const remainder = removeComponents(image, basis);
    const isExhausted = remainder <= exhausted * Math.max(...diagonal);
    besideDiagonal.push(isExhausted ? 0 : remainder);
    if (isExhausted) exhaustions++;
    if (basis.length === limit || (!isExhausted && isAccurate(krylov))) break;
    direction = isExhausted
      ? randomDirection(rows.dimensions, basis, generator)
      : image.map((value) => value / remainder);
  }
  return ritzAxes(krylov, rows.count);
}

/** The covariance (times count) times `direction`. */
function covarianceTimes(
  { vectors, count, dimensions }: UnitRows,
  mean: Float64Array,
  direction: Float64Array,
): Float64Array {
  const image = new Float64Array(dimensions);
  const origin = dot(direction, mean);
  for (let row = 0; row < count; row++) {
    const own = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    addScaled(image, own, dot(direction, own) - origin);
  }
  return image;
}

function randomDirection(
  dimensions: number,
  basis: readonly Float64Array[],
  generator: RandomGenerator,
): Float64Array {
  const direction = Float64Array.from(
    { length: dimensions },
    () => uniformFloat64(generator) - 0.5,
  );
  const length = removeComponents(direction, basis);
  return direction.map((value) => value / length);
}

/** Makes `vector` orthogonal to the basis, in place; returns its length after that. */
function removeComponents(vector: Float64Array, basis: readonly Float64Array[]): number {
  for (let pass = 0; pass < 2; pass++) {
    for (const axis of basis) addScaled(vector, axis, -dot(axis, vector));
  }
  return Math.sqrt(dot(vector, vector));
}

function tridiagonal({ diagonal, besideDiagonal }: Krylov): number[][] {
  return diagonal.map((value, row) =>
    diagonal.map((_, column) => {
      if (row === column) return value;
      return Math.abs(row - column) === 1 ? (besideDiagonal[Math.min(row, column)] as number) : 0;
    }),
  );
}

function isAccurate(krylov: Krylov): boolean {
  const size = krylov.basis.length;
  if (size < 2 || size % checkEvery !== 0) return false;
  const { values, vectors } = symmetricEigen(tridiagonal(krylov));
  const residual = krylov.besideDiagonal[size - 1] as number;
  return vectors
    .slice(0, 2)
    .every(
      (vector) =>
        Math.abs(residual * (vector[size - 1] as number)) <= accuracy * (values[0] as number),
    );
}

function ritzAxes(krylov: Krylov, count: number): Float64Array[] {
  const { values, vectors } = symmetricEigen(tridiagonal(krylov));
  return vectors
    .slice(0, 2)
    .filter((_, index) => (values[index] as number) > leastVariance * count)
    .map((vector) => {
      const axis = new Float64Array((krylov.basis[0] as Float64Array).length);
      krylov.basis.forEach((direction, i) => addScaled(axis, direction, vector[i] as number));
      const largest = axis.reduce(
        (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
        0,
      );
      return largest < 0 ? axis.map((value) => -value) : axis;
    });
}

function dot(first: Float64Array, second: Float64Array | Float32Array): number {
  let total = 0;
  for (let i = 0; i < first.length; i++) total += (first[i] as number) * (second[i] as number);
  return total;
}

function addScaled(target: Float64Array, source: Float64Array | Float32Array, scale: number): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = (target[i] as number) + scale * (source[i] as number);
  }
}
