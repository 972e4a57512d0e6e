import { describe, expect, test } from 'vitest';
import { mutualNeighbours } from '../../../src-main/engine/neighbours/mutual-neighbours.ts';
import { newVectors } from '../../../src-main/engine/numeric/kernel-rows.ts';
import {
  dotProduct,
  productsWithAll,
  type UnitRows,
} from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows } from './random-unit-rows.ts';

/** The k nearest of a row by a full sort of all products. */
function nearestOf({ vectors, count, dimensions }: UnitRows, row: number, k: number): number[] {
  const productOf = (other: number): number =>
    dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
  return Array.from({ length: count }, (_, other) => other)
    .filter((other) => other !== row)
    .sort((a, b) => productOf(b) - productOf(a) || a - b)
    .slice(0, k);
}

function naive(rows: UnitRows, row: number, k: number): number[] {
  return nearestOf(rows, row, k).filter((other) => nearestOf(rows, other, k).includes(row));
}

function rowsWith(spread: number, dimensions: number, change?: (row: Float32Array) => unknown) {
  const count = 240;
  // Rows of four, eight and sixteen numbers lie in the memory of the kernel, others do not.
  const vectors = newVectors(count, dimensions);
  vectors.set(clusteredUnitRows({ count, dimensions, clusters: 6, spread, seed: 3 }));
  for (let row = 0; change && row < count; row += 7) {
    change(vectors.subarray(row * dimensions, (row + 1) * dimensions));
  }
  return { vectors, count, dimensions };
}

function scale(row: Float32Array, factor: number): void {
  row.set(row.map((value) => factor * value));
}

describe('mutual neighbours of one row', () => {
  test.each([
    ['near each other', rowsWith(0.05, 16)],
    ['at middle distances', rowsWith(0.6, 16)],
    ['that point everywhere', rowsWith(8, 3)],
    ['in one plane', rowsWith(2, 2)],
    ['a little too long', rowsWith(0.02, 8, (row) => scale(row, 1.0009))],
    ['a little too short', rowsWith(0.02, 8, (row) => scale(row, 0.9991))],
    ['some of them zero', rowsWith(3, 4, (row) => row.fill(0))],
    [
      'some of them copies',
      rowsWith(1, 8, (row) => {
        row.set([1, 0, 0, 0, 0, 0, 0, 0]);
      }),
    ],
  ])('are those of full sorts, for rows %s', (_, rows) => {
    for (let row = 0; row < rows.count; row += 4) {
      for (const k of [1, 5, 15]) {
        expect([...mutualNeighbours(rows, null, row, k)]).toEqual(naive(rows, row, k));
      }
    }
  });

  test('are the same where the products are known already', () => {
    const rows = rowsWith(0.6, 16);
    const products = productsWithAll(rows, 17);
    const nearestFirst = Uint32Array.from(nearestOf(rows, 17, rows.count));
    const found = mutualNeighbours(rows, null, 17, 15, { products, nearestFirst });
    expect([...found]).toEqual(naive(rows, 17, 15));
  });

  test('are not searched among rows of another length than 1', () => {
    const rows = rowsWith(0.6, 4, (row) => {
      row.set([2, 0, 0, 0]);
    });
    expect(() => mutualNeighbours(rows, null, 1, 5)).toThrow(/length/);
  });
});
