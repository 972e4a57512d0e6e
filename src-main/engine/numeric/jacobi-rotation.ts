const largestSweepCount = 30;

/** Makes a symmetric matrix diagonal in place; returns the rotation whose columns are eigenvectors. */
export function jacobiRotation(matrix: Float64Array, size: number): Float64Array {
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
    const x = array[a] ?? 0;
    const y = array[b] ?? 0;
    array[a] = cosine * x - sine * y;
    array[b] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k += 1) turn(matrix, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(matrix, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(rotation, k * size + p, k * size + q);
}
