import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../../src-main/engine/numeric/symmetric-eigen.ts';
import type { JacobiAccuracy } from '../../../src-main/engine/numeric/symmetric-eigen.ts';

/** What the principal directions are found with, beside the default. */
const byDiagonal: JacobiAccuracy = { relativeTo: 'diagonal', negligible: 1e-12, converged: 1e-10 };
const accuracies = [
  ['the norm', undefined],
  ['the diagonal', byDiagonal],
] as const;

/** 2 on the diagonal, -1 beside it. */
function secondDifferences(size: number): number[][] {
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => [2, -1][Math.abs(row - column)] ?? 0),
  );
}

describe.each(accuracies)('eigenpairs of a symmetric matrix, relative to %s', (_, accuracy) => {
  it('are the sines of second differences', () => {
    const size = 12;
    const { values, vectors } = symmetricEigen(secondDifferences(size), accuracy);
    for (let k = 1; k <= size; k += 1) {
      const angle = ((size + 1 - k) * Math.PI) / (size + 1);
      expect(values[k - 1]).toBeCloseTo(2 - 2 * Math.cos(angle), 12);
      const wave = Array.from({ length: size }, (_, index) => Math.sin((index + 1) * angle));
      const length = Math.hypot(...wave);
      const overlap = wave.reduce((sum, value, index) => sum + value * vectors[k - 1]![index]!, 0);
      expect(Math.abs(overlap / length)).toBeCloseTo(1, 12);
    }
  });

  it('are one pair and zeros for the outer product of a vector with itself', () => {
    const vector = [3, -1, 2, 0.5];
    const outer = vector.map((a) => vector.map((b) => a * b));
    const { values, vectors } = symmetricEigen(outer, accuracy);
    const squares = vector.reduce((sum, value) => sum + value * value, 0);
    expect(values[0]).toBeCloseTo(squares, 12);
    for (const value of values.slice(1)) expect(value).toBeCloseTo(0, 12);
    const [first] = vectors;
    const sign = Math.sign(first![0]!);
    vector.forEach((value, index) =>
      expect(sign * first![index]!).toBeCloseTo(value / Math.sqrt(squares), 12),
    );
  });

  it('leave a diagonal matrix alone but for the order', () => {
    const { values, vectors } = symmetricEigen(
      [
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 5],
      ],
      accuracy,
    );
    expect(values).toEqual([5, 1, 0]);
    expect(vectors).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });
});

it('is as accurate for small eigenvalues as for large ones, relative to the diagonal', () => {
  // Columns scaled by 1 and 1e-8: the determinant, 0.75e-16, is the product of the eigenvalues.
  const { values } = symmetricEigen(
    [
      [1, 0.5e-8],
      [0.5e-8, 1e-16],
    ],
    byDiagonal,
  );
  expect(values[1]! / 0.75e-16).toBeCloseTo(1, 8);
});
