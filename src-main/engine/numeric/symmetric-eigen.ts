const sweeps = 60;
const negligible = 1e-15;

/** Eigenvalues, largest first, and the matching eigenvectors, one a row. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

/** All eigenpairs of a small symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, 8.5). */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = a.map((_, row) => Float64Array.from({ length: size }, (_, i) => (i === row ? 1 : 0)));
  const scale = Math.hypot(...a.flatMap((row) => [...row]));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(at(a, p, q)) <= negligible * scale) continue;
        rotate(a, v, p, q);
        rotated = true;
      }
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => at(a, j, j) - at(a, i, i));
  return {
    values: order.map((i) => at(a, i, i)),
    vectors: order.map((i) => [...(v[i] as Float64Array)]),
  };
}

function at(rows: Float64Array[], row: number, column: number): number {
  return (rows[row] as Float64Array)[column] as number;
}

/** Makes a[p][q] zero; `v` holds the eigenvectors so far as rows. */
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * at(a, p, q));
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  turnRows(a, p, q, cosine, sine);
  for (const row of a) {
    const atP = row[p] as number;
    const atQ = row[q] as number;
    row[p] = cosine * atP - sine * atQ;
    row[q] = sine * atP + cosine * atQ;
  }
  turnRows(v, p, q, cosine, sine);
}

function turnRows(rows: Float64Array[], p: number, q: number, cosine: number, sine: number): void {
  const rowP = rows[p] as Float64Array;
  const rowQ = rows[q] as Float64Array;
  for (let i = 0; i < rowP.length; i++) {
    const atP = rowP[i] as number;
    const atQ = rowQ[i] as number;
    rowP[i] = cosine * atP - sine * atQ;
    rowQ[i] = sine * atP + cosine * atQ;
  }
}
