/**
 * The lower triangle L with L Lᵀ = `matrix` (symmetric, positive definite, [size, size], row-major);
 * overwrites `matrix`.
 */
export function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) {
        value -= (matrix[i * size + k] as number) * (matrix[j * size + k] as number);
      }
      matrix[i * size + j] =
        i === j
          ? Math.sqrt(Math.max(value, Number.MIN_VALUE))
          : value / (matrix[j * size + j] as number);
    }
  }
  return matrix;
}

/** The inverse of a lower triangle [size, size], row-major; entries above its diagonal are not read. */
export function inverseOfTriangle(triangle: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let value = row === column ? 1 : 0;
      for (let k = column; k < row; k++) {
        value -= (triangle[row * size + k] as number) * (inverse[k * size + column] as number);
      }
      inverse[row * size + column] = value / (triangle[row * (size + 1)] as number);
    }
  }
  return inverse;
}
