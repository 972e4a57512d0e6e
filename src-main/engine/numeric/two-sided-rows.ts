import { dotProduct } from './unit-rows.ts';
import type { UnitRows } from './unit-rows.ts';

/** Rows that are compared with each other: as they are, or each side with the other side. */
export interface ComparedRows extends UnitRows {
  /**
   * True where the two halves of a row are unit vectors of two sides, which are compared crosswise (the
   * lightness and the colour of CMC).
   */
  readonly isTwoSided?: true;
}

/** The similarities of two rows, each side of the first to the other side of the second. */
export interface CrossSimilarities {
  readonly first: number;
  readonly second: number;
}

/** The rows with each half made a unit vector of its own (a half of zeros stays), as two sides. */
export function twoSidedRows({ vectors, count, dimensions }: UnitRows): ComparedRows {
  const sides = vectors.slice();
  const length = dimensions / 2;
  for (let start = 0; start < sides.length; start += length) {
    const norm = Math.sqrt(dotProduct(sides, start, start, length)) || 1;
    for (let index = start; index < start + length; index++) {
      sides[index] = (sides[index] as number) / norm;
    }
  }
  return { vectors: sides, count, dimensions, isTwoSided: true };
}

/** The similarities of row `row` to row `other`, whose sides are compared crosswise. */
export function crossSimilarities(
  { vectors, dimensions }: UnitRows,
  row: number,
  other: number,
): CrossSimilarities {
  const length = dimensions / 2;
  const [one, two] = [row * dimensions, other * dimensions];
  return {
    first: dotProduct(vectors, one, two + length, length),
    second: dotProduct(vectors, one + length, two, length),
  };
}

/** The cosine of two rows; of two sides the mean of both. */
export function rowSimilarity(rows: ComparedRows, row: number, other: number): number {
  if (rows.isTwoSided) {
    const { first, second } = crossSimilarities(rows, row, other);
    return (first + second) / 2;
  }
  const { vectors, dimensions } = rows;
  return dotProduct(vectors, row * dimensions, other * dimensions, dimensions);
}
