import { EngineError } from '../../contract/errors/errors.ts';
import { kernelOf } from './kernel-rows.ts';

/** `count` vectors of `dimensions` numbers, row-major, each of length 1 (or all zero). */
export interface UnitRows {
  readonly vectors: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

/** By how much the length of a unit row may differ from 1. */
export const lengthTolerance = 1e-3;

/** Vectors that were found to be unit rows; nobody writes into them. */
const checked = new WeakSet<Float32Array>();

/**
 * Checks that every row is finite and has length 0, or 1 within 0.1 %.
 * @throws EngineError bad-argument
 */
export function checkUnitRows({ vectors, count, dimensions }: UnitRows): void {
  if (vectors.length !== count * dimensions || dimensions < 1) {
    throw new EngineError(
      'bad-argument',
      `Expected ${count} embeddings of ${dimensions} numbers, got ${vectors.length} numbers.`,
    );
  }
  for (let row = 0; row < count; row++) {
    const squared = dotProduct(vectors, row * dimensions, row * dimensions, dimensions);
    if (!Number.isFinite(squared)) {
      throw new EngineError(
        'bad-argument',
        `The embedding in row ${row} holds a value that is not a finite number; embed that picture again, or train again with a smaller learning rate.`,
      );
    }
    if (squared > 0 && Math.abs(Math.sqrt(squared) - 1) > lengthTolerance) {
      throw new EngineError(
        'bad-argument',
        `The embedding in row ${row} has length ${Math.sqrt(squared).toPrecision(4)}; neighbours by cosine need rows of length 1.`,
      );
    }
  }
}

/**
 * Checks rows as `checkUnitRows` does, unless these very vectors were found to be right before.
 * @throws EngineError bad-argument
 */
export function checkUnitRowsOnce(rows: UnitRows): void {
  if (checked.has(rows.vectors)) return;
  checkUnitRows(rows);
  checked.add(rows.vectors);
}

/** Copies of the vectors of the wanted rows, in their order, row-major. */
export function vectorsAt(
  { vectors, dimensions }: Pick<UnitRows, 'vectors' | 'dimensions'>,
  wanted: Uint32Array,
): Float32Array {
  const chosen = new Float32Array(wanted.length * dimensions);
  for (const [index, row] of wanted.entries()) {
    chosen.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
  }
  return chosen;
}

/** Dot product, in float64, of two ranges of `length` numbers that start at `first` and at `second`. */
export function dotProduct(
  vectors: Float32Array,
  first: number,
  second: number,
  length: number,
): number {
  let even = 0;
  let odd = 0;
  let index = 0;
  for (; index + 1 < length; index += 2) {
    even += (vectors[first + index] as number) * (vectors[second + index] as number);
    odd += (vectors[first + index + 1] as number) * (vectors[second + index + 1] as number);
  }
  if (index < length)
    even += (vectors[first + index] as number) * (vectors[second + index] as number);
  return even + odd;
}

/** The dot product, in float64, of row `row` with every row, itself included, [count]. */
export function productsWithAll(rows: UnitRows, row: number): Float64Array {
  return productsOfRows(rows, [row], new Float64Array(rows.count));
}

/** Writes the same of each of some rows, at most `ownAtOnce`, into `products` [some, count]. */
export function productsOfRows(
  rows: UnitRows,
  some: ArrayLike<number>,
  products: Float64Array,
): Float64Array {
  const { vectors, count, dimensions } = rows;
  const kernel = kernelOf(vectors);
  if (kernel) return kernel.withAll(some, products);
  for (let index = 0; index < some.length; index++) {
    const own = doubleRow(rows, some[index] as number);
    for (let other = 0; other < count; other++) {
      products[index * count + other] = productWith(own, vectors, other * dimensions);
    }
  }
  return products;
}

/** The dot products, in float64, of row `row` with the rows `others`, in their order. */
export function productsWithSome(rows: UnitRows, row: number, others: Uint32Array): Float64Array {
  const { vectors, dimensions } = rows;
  const kernel = kernelOf(vectors);
  if (kernel) return kernel.withSome(row, others);
  const own = doubleRow(rows, row);
  const products = new Float64Array(others.length);
  for (let index = 0; index < products.length; index++) {
    products[index] = productWith(own, vectors, (others[index] as number) * dimensions);
  }
  return products;
}

/** What is multiplied often is converted once. */
function doubleRow({ vectors, dimensions }: UnitRows, row: number): Float64Array {
  return new Float64Array(vectors.subarray(row * dimensions, (row + 1) * dimensions));
}

/** The same number as `dotProduct`, to the bit, of a row in float64 and the one that starts at `start`. */
function productWith(own: Float64Array, vectors: Float32Array, start: number): number {
  let even = 0;
  let odd = 0;
  let index = 0;
  for (; index + 1 < own.length; index += 2) {
    even += (own[index] as number) * (vectors[start + index] as number);
    odd += (own[index + 1] as number) * (vectors[start + index + 1] as number);
  }
  if (index < own.length) even += (own[index] as number) * (vectors[start + index] as number);
  return even + odd;
}
