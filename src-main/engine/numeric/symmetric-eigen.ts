/** Eigenvalues, the largest first, and the matching unit eigenvectors, one in each row. */
interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

/** When the iteration ends: how small the entries off the diagonal must be. */
export interface JacobiAccuracy {
  /**
   * What an entry is compared with: the geometric mean of the diagonal entries of its row and its
   * column, which makes small eigenvalues as accurate as large ones; or the Frobenius norm of the
   * matrix, which needs fewer sweeps where eigenvalues are 0 except for rounding.
   */
  readonly relativeTo: 'diagonal' | 'norm';
  /** Entries whose ratio is at most this count as 0. */
  readonly negligible: number;
  /** The iteration ends after a sweep in which all ratios were below this. */
  readonly converged: number;
}

/** Precise to the last digits of the largest eigenvalue. */
const normAccuracy: JacobiAccuracy = {
  relativeTo: 'norm',
  negligible: 1e-15,
  converged: 1e-15,
};

const mostSweeps = 30;

/**
 * All eigenpairs of a small symmetric matrix, given by its rows, by cyclic Jacobi rotations
 * (Golub & Van Loan, 8.5).
 */
export function symmetricEigen(
  rows: readonly ArrayLike<number>[],
  accuracy: JacobiAccuracy = normAccuracy,
): Eigen {
  const size = rows.length;
  const matrix = new Float64Array(size * size);
  for (const [row, values] of rows.entries()) matrix.set(values, row * size);
  const rotation = diagonalise(matrix, size, accuracy);
  const diagonal = Array.from({ length: size }, (_, i) => matrix[i * size + i] ?? 0);
  const order = [...diagonal.keys()].sort((i, j) => (diagonal[j] ?? 0) - (diagonal[i] ?? 0));
  return {
    values: order.map((i) => diagonal[i] ?? 0),
    vectors: order.map((i) =>
      Array.from({ length: size }, (_, row) => rotation[row * size + i] ?? 0),
    ),
  };
}

/**
 * Makes a symmetric matrix diagonal, in its own array; returns the rotation, whose columns are the
 * eigenvectors.
 */
function diagonalise(
  matrix: Float64Array,
  size: number,
  { relativeTo, negligible, converged }: JacobiAccuracy,
): Float64Array {
  const rotation = Float64Array.from({ length: size * size }, (_, index) =>
    index % (size + 1) === 0 ? 1 : 0,
  );
  const norm = relativeTo === 'norm' ? Math.hypot(...matrix) : 0;
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let largest = 0;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        const off = Math.abs(matrix[p * size + q] ?? 0);
        const scale = relativeTo === 'norm' ? norm : diagonalScale(matrix, size, p, q);
        if (off <= negligible * scale || off === 0) continue;
        largest = Math.max(largest, off / (scale || 1));
        rotatePair(matrix, rotation, size, p, q);
      }
    }
    if (largest < converged) break;
  }
  return rotation;
}

function diagonalScale(matrix: Float64Array, size: number, p: number, q: number): number {
  return Math.sqrt(Math.abs((matrix[p * size + p] ?? 0) * (matrix[q * size + q] ?? 0)));
}

/** Makes the entry at (p, q) zero, and rotates the columns p and q of `rotation` with it. */
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
    const x = array[a] ?? 0;
    const y = array[b] ?? 0;
    array[a] = cosine * x - sine * y;
    array[b] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k += 1) turn(matrix, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(matrix, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(rotation, k * size + p, k * size + q);
}
