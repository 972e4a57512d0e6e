import { describe, expect, it, test } from 'vitest';
import { kernelOf, newVectors } from '../../../src-main/engine/numeric/kernel-rows.ts';
import {
  dotProduct,
  productsWithAll,
  productsWithSome,
} from '../../../src-main/engine/numeric/unit-rows.ts';
import type { UnitRows } from '../../../src-main/engine/numeric/unit-rows.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';

/** Rows in the kernel's memory, where it takes them. */
function rowsOf(count: number, dimensions: number): UnitRows {
  const vectors = newVectors(count, dimensions);
  vectors.set(clusteredUnitRows({ count, dimensions, clusters: 7, spread: 0.6, seed: 3 }));
  return { vectors, count, dimensions };
}

/** The products by plain loops, in float64. */
function plainProducts({ vectors, dimensions }: UnitRows, row: number, others: number[]): number[] {
  return others.map((other) =>
    dotProduct(vectors, row * dimensions, other * dimensions, dimensions),
  );
}

describe.each([
  ['whole calls', 2048, 8],
  ['a rest of one row', 1025, 128],
  ['a rest of three rows', 2051, 4],
  ['fewer rows than are multiplied side by side', 3, 12],
  ['one row', 1, 16],
])('products of rows in the memory of the kernel, %s', (_, count, dimensions) => {
  const rows = rowsOf(count, dimensions);
  const all = Array.from({ length: count }, (_, row) => row);

  it('are those of plain loops, to the bit', () => {
    expect(kernelOf(rows.vectors)).toBeDefined();
    for (const row of [0, count >> 1, count - 1]) {
      expect([...productsWithAll(rows, row)]).toEqual(plainProducts(rows, row, all));
    }
  });

  it('with some of the rows come in the order in which these were given', () => {
    const others = Array.from({ length: 1500 }, (_, index) => (index * 613) % count);
    for (const wanted of [others, others.slice(0, 5), others.slice(0, 1), []]) {
      const products = productsWithSome(rows, count - 1, Uint32Array.from(wanted));
      expect([...products]).toEqual(plainProducts(rows, count - 1, wanted));
    }
  });

  it('do not change the rows', () => {
    const before = rows.vectors.slice();
    productsWithAll(rows, 0);
    expect(rows.vectors).toEqual(before);
  });
});

test('what an earlier call left takes no part in the next one', () => {
  const rows = rowsOf(40, 8);
  const first = productsWithAll(rows, 1);
  productsWithSome(rows, 2, Uint32Array.of(3, 4, 5));
  expect(productsWithAll(rows, 1)).toEqual(first);
});

test.each([
  ['rows of an odd number of numbers', 30, 7],
  ['rows whose numbers are no fours', 30, 6],
  ['no rows', 0, 0],
])('%s lie in ordinary memory, with the same products', (_, count, dimensions) => {
  const vectors = newVectors(count, dimensions);
  expect(vectors).toHaveLength(count * dimensions);
  expect(kernelOf(vectors)).toBeUndefined();
  if (count === 0) return;
  const rows = rowsOf(count, dimensions);
  const all = Array.from({ length: count }, (_, row) => row);
  expect([...productsWithAll(rows, 5)]).toEqual(plainProducts(rows, 5, all));
  expect([...productsWithSome(rows, 5, Uint32Array.of(9, 0))]).toEqual(
    plainProducts(rows, 5, [9, 0]),
  );
});

test('products that are numbers on paper', () => {
  const vectors = newVectors(3, 4);
  vectors.set([...[0.5, 0.5, 0.5, 0.5], ...[0.5, -0.5, 0.5, -0.5], ...[0, 0, 0.75, 0.25]]);
  const rows = { vectors, count: 3, dimensions: 4 };
  expect([...productsWithAll(rows, 0)]).toEqual([1, 0, 0.5]);
  expect([...productsWithAll(rows, 2)]).toEqual([0.5, 0.25, 0.625]);
});
