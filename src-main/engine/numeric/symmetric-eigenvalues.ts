/**
 * The eigenvalues of a symmetric matrix [size, size], row-major, ascending: Householder's reduction to
 * three diagonals (Golub & Van Loan, 8.3.1), then QL steps with implicit shifts. Overwrites the matrix.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix, size);
  diagonalise(diagonal, beside);
  return diagonal.sort();
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Beside the diagonal: the entry of rows i and i + 1 at i. */
  readonly beside: Float64Array;
}

function tridiagonal(a: Float64Array, size: number): Tridiagonal {
  const beside = new Float64Array(size);
  const reflector = new Float64Array(size);
  const image = new Float64Array(size);
  for (let last = size - 1; last > 1; last--) {
    const row = last * size;
    let squares = 0;
    for (let i = 0; i < last; i++) squares += (a[row + i] as number) ** 2;
    const near = a[row + last - 1] as number;
    const length = near > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    beside[last - 1] = length;
    const half = squares - near * length;
    if (squares === near * near || half === 0) {
      beside[last - 1] = near;
      continue;
    }
    for (let i = 0; i < last; i++) reflector[i] = a[row + i] as number;
    reflector[last - 1] = near - length;
    reflect(a, size, last, { reflector, image, half });
  }
  if (size > 1) beside[0] = a[size] as number;
  return {
    diagonal: Float64Array.from({ length: size }, (_, i) => a[i * (size + 1)] ?? 0),
    beside,
  };
}

interface Reflection {
  readonly reflector: Float64Array;
  /** Room for the image of the reflector. */
  readonly image: Float64Array;
  /** Half its squared length. */
  readonly half: number;
}

/** Applies a reflection to the first `count` rows and columns. */
function reflect(
  a: Float64Array,
  size: number,
  count: number,
  { reflector, image, half }: Reflection,
): void {
  let overlap = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += (a[i * size + j] as number) * (reflector[j] as number);
    image[i] = sum / half;
    overlap += (image[i] as number) * (reflector[i] as number);
  }
  const pull = overlap / (2 * half);
  for (let i = 0; i < count; i++) image[i] = (image[i] as number) - pull * (reflector[i] as number);
  for (let i = 0; i < count; i++) {
    const [u, p] = [reflector[i] as number, image[i] as number];
    for (let j = 0; j < count; j++) {
      const at = i * size + j;
      a[at] = (a[at] as number) - u * (image[j] as number) - p * (reflector[j] as number);
    }
  }
}

const stepsAtMost = 60;

/** Leaves the eigenvalues in `d`; `e` is used up. */
function diagonalise(d: Float64Array, e: Float64Array): void {
  const size = d.length;
  e[size - 1] = 0;
  for (let start = 0; start < size; start++) {
    for (let step = 0; step < stepsAtMost; step++) {
      let end = start;
      while (end < size - 1) {
        const scale = Math.abs(d[end] as number) + Math.abs(d[end + 1] as number);
        if (Math.abs(e[end] as number) <= Number.EPSILON * scale) break;
        end += 1;
      }
      if (end === start) break;
      stepBetween(d, e, start, end);
    }
  }
}

/** One QL step on the rows from `start` to `end`. */
function stepBetween(d: Float64Array, e: Float64Array, start: number, end: number): void {
  const first = d[start] as number;
  const next = ((d[start + 1] as number) - first) / (2 * (e[start] as number));
  const root = Math.hypot(next, 1);
  let g = (d[end] as number) - first + (e[start] as number) / (next + (next < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = end - 1; i >= start; i--) {
    const f = sine * (e[i] as number);
    const b = cosine * (e[i] as number);
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] as number) - shift;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = (d[i + 1] as number) - shift;
    const turned = ((d[i] as number) - g) * sine + 2 * cosine * b;
    shift = sine * turned;
    d[i + 1] = g + shift;
    g = cosine * turned - b;
  }
  d[start] = (d[start] as number) - shift;
  e[start] = g;
  e[end] = 0;
}
