/**
 * Inner products of every row of `a` with every row of `b` (rows of `length` numbers), added to
 * `products` [aRows, bRows]. Works on two by two rows, because reading takes longer than multiplying.
 * Where `b` is the same array as `a`, only the products on and above the diagonal (by pairs of rows)
 * are added.
 */
export function addRowProducts(
  products: Float64Array,
  a: Float64Array,
  b: Float64Array,
  length: number,
): void {
  const aRows = a.length / length;
  const bRows = b.length / length;
  for (let row = 0; row < aRows; row += 2) {
    const isLastRow = row + 1 === aRows;
    const first = row * length;
    const second = isLastRow ? first : first + length;
    for (let column = a === b ? row : 0; column < bRows; column += 2) {
      const isLastColumn = column + 1 === bRows;
      const third = column * length;
      const fourth = isLastColumn ? third : third + length;
      let s13 = 0;
      let s14 = 0;
      let s23 = 0;
      let s24 = 0;
      for (let index = 0; index < length; index += 1) {
        const v1 = a[first + index] as number;
        const v2 = a[second + index] as number;
        const v3 = b[third + index] as number;
        const v4 = b[fourth + index] as number;
        s13 += v1 * v3;
        s14 += v1 * v4;
        s23 += v2 * v3;
        s24 += v2 * v4;
      }
      const target = row * bRows + column;
      products[target] = (products[target] as number) + s13;
      if (!isLastColumn) products[target + 1] = (products[target + 1] as number) + s14;
      if (isLastRow) continue;
      const below = target + bRows;
      products[below] = (products[below] as number) + s23;
      if (!isLastColumn) products[below + 1] = (products[below + 1] as number) + s24;
    }
  }
}

/** Copies what is above the diagonal of a matrix [size, size], row-major, to below it, in place. */
export function mirrorTriangle(matrix: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      matrix[row * size + column] = matrix[column * size + row] ?? 0;
    }
  }
  return matrix;
}
