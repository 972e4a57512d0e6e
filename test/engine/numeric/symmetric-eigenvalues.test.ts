import { expect, test } from 'vitest';
import { symmetricEigenvalues } from '../../../src-main/engine/numeric/symmetric-eigenvalues.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

test('of a full matrix are those of numpy.linalg.eigvalsh', () => {
  const size = 7;
  const entry = (row: number, column: number): number => 2 * Math.sin((row + column) ** 2 * 0.37);
  const matrix = Float64Array.from({ length: size * size }, (_, index) =>
    entry(Math.floor(index / size), index % size),
  );
  const expected = [
    -4.803087677737855, -4.219425930751808, -2.2162778314409266, 1.037223945225321,
    1.7209118731201252, 3.02931682852793, 5.0814843817575515,
  ];
  const found = symmetricEigenvalues(matrix, size);
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 12);
});

test('of small and of diagonal matrices', () => {
  expect([...symmetricEigenvalues(Float64Array.of(3), 1)]).toEqual([3]);
  expect([...symmetricEigenvalues(Float64Array.of(3, 0, 0, -1), 2)]).toEqual([-1, 3]);
  const swap = symmetricEigenvalues(Float64Array.of(0, 2, 2, 0), 2);
  expect([...swap].map((value) => Number(value.toFixed(12)))).toEqual([-2, 2]);
  expect([...symmetricEigenvalues(new Float64Array(16), 4)]).toEqual([0, 0, 0, 0]);
});

test('add up to the trace, and their squares to the squares of all entries', () => {
  const [size, random] = [80, seedRandom(1)];
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = random.normal();
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
  }
  const trace = matrix.reduce((sum, v, index) => sum + (index % (size + 1) === 0 ? v : 0), 0);
  const squares = matrix.reduce((sum, value) => sum + value * value, 0);
  const found = symmetricEigenvalues(matrix, size);
  expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 9);
  expect(found.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(squares, 8);
});
