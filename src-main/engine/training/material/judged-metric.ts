import { choleskyOf, inverseOfTriangle } from '../../numeric/cholesky.ts';
import { addRowProducts, mirrorTriangle } from '../../numeric/row-products.ts';
import { nearestDifferences } from './nearest-differences.ts';

/** What is known of pictures, by their rows, where a metric is fitted to it. */
export interface KnownRows {
  /** Groups of rows that were judged the same. */
  readonly groups: readonly (readonly number[])[];
  /** Groups of rows of the same label. */
  readonly labels: readonly (readonly number[])[];
  /** Pairs of rows that were judged different. */
  readonly different: readonly (readonly [number, number])[];
}

/** How much the directions between labels, and those of pairs judged different, gain (docs/recipes.md). */
const [labelWeight, differentWeight] = [0.5, 0.9];
/** The part that the scatter of nearest pictures has in the metric, and of how many pairs half of that. */
const [nearestShare, pairsOfHalf] = [0.5, 10];

/**
 * A linear map F [dimensions, dimensions], row-major, of unit rows [n, dimensions], so that rows · F are near where
 * something is known to be the same, and far where it is known to differ; null where nothing is known. Within
 * groups by relevant component analysis (Bar-Hillel et al. 2005), A = inverse of C, C = (n S + D/2 I) / (n + D/2),
 * with S the scatter within the groups over its n degrees of freedom, scaled to trace D. Then, for the scatter
 * B between labels and for that of pairs judged different (Hoi et al. 2006), A + weight · A B A, with B
 * scaled to trace D in the metric so far; F Fᵀ is the result. What pairs judged different have in common with all
 * nearest pictures does not tell them apart: before them, the nearest count as a group too (`nearestDifferences`).
 * `onProgress` may throw to stop.
 */
export async function judgedMetric(
  rows: Float32Array,
  dimensions: number,
  { groups, labels, different }: KnownRows,
  onProgress: (done: number) => Promise<void>,
): Promise<Float64Array | null> {
  const own = { rows, dimensions, prior: dimensions / 2 };
  const together = [...groups, ...labels].filter(({ length }) => length > 1);
  if (together.length + different.length === 0) return null;
  let factor = withinFactor(own, together);
  const classes = labels.filter(({ length }) => length > 1);
  if (classes.length > 1) {
    const freedom = degreesOfFreedom(classes);
    const weight = labelWeight * (freedom / (freedom + own.prior)) ** 2;
    factor = stretched(factor, betweenRows(own, classes), { dimensions, weight });
  }
  if (different.length > 0) {
    const mapped = { rows, dimensions, factor };
    const nearest = await nearestDifferences(mapped, different, onProgress);
    factor = times(factor, nearestFactor(nearest, dimensions, different.length), dimensions);
    const weight = (differentWeight * different.length) / (different.length + own.prior);
    factor = stretched(factor, differenceRows(own, different), { dimensions, weight });
  }
  return factor;
}

interface MeasuredRows {
  readonly rows: Float32Array;
  readonly dimensions: number;
  /** The degrees of freedom as which the identity counts. */
  readonly prior: number;
}

function degreesOfFreedom(groups: readonly (readonly number[])[]): number {
  return groups.reduce((sum, { length }) => sum + length - 1, 0);
}

/** F of the metric within groups; the identity without any. */
function withinFactor(own: MeasuredRows, groups: readonly (readonly number[])[]): Float64Array {
  const { dimensions, prior } = own;
  const freedom = degreesOfFreedom(groups);
  const scatter =
    freedom === 0
      ? new Float64Array(dimensions ** 2)
      : scatterOf(deviations(own, groups), dimensions);
  return inverseFactor(scatter, dimensions, freedom / (freedom + prior));
}

/**
 * F of the metric in which directions count less in which nearest pictures differ, from the differences [m,
 * dimensions] of these: by half with many pictures and many `pairs` judged different.
 */
function nearestFactor(differences: Float64Array, dimensions: number, pairs: number): Float64Array {
  const enough = Math.min(1, differences.length / dimensions / dimensions);
  const share = (nearestShare * enough * pairs) / (pairs + pairsOfHalf);
  return inverseFactor(scatterOf(differences, dimensions), dimensions, share);
}

/** F, F Fᵀ = (share · scatter + (1 - share) · I)⁻¹, with the scatter scaled, in place, to trace D. */
function inverseFactor(scatter: Float64Array, dimensions: number, share: number): Float64Array {
  const scale = (share * dimensions) / Math.max(traceOf(scatter, dimensions), 1e-30);
  for (let index = 0; index < scatter.length; index += 1) {
    const isDiagonal = index % (dimensions + 1) === 0;
    scatter[index] = scale * (scatter[index] ?? 0) + (isDiagonal ? 1 - share : 0);
  }
  const inverse = inverseOfTriangle(choleskyOf(scatter, dimensions), dimensions);
  return transposed(inverse, dimensions, dimensions);
}

/** Each row of the groups without the mean of its group; [n, dimensions]. */
function deviations(
  { rows, dimensions }: MeasuredRows,
  groups: readonly (readonly number[])[],
): Float64Array {
  const result = new Float64Array(groups.flat().length * dimensions);
  let at = 0;
  for (const group of groups) {
    const mean = meanOf(rows, dimensions, group);
    for (const row of group) {
      for (let index = 0; index < dimensions; index += 1) {
        result[at++] = (rows[row * dimensions + index] ?? 0) - (mean[index] ?? 0);
      }
    }
  }
  return result;
}

/** The mean of each label without that of all, times √ of its rows; [labels, dimensions]. */
function betweenRows(
  { rows, dimensions }: MeasuredRows,
  labels: readonly (readonly number[])[],
): Float64Array {
  const all = meanOf(rows, dimensions, labels.flat());
  const result = new Float64Array(labels.length * dimensions);
  for (const [label, members] of labels.entries()) {
    const mean = meanOf(rows, dimensions, members);
    for (let index = 0; index < dimensions; index += 1) {
      const apart = (mean[index] ?? 0) - (all[index] ?? 0);
      result[label * dimensions + index] = apart * Math.sqrt(members.length);
    }
  }
  return result;
}

/** The difference of each pair; [pairs, dimensions]. */
function differenceRows(
  { rows, dimensions }: MeasuredRows,
  pairs: readonly (readonly [number, number])[],
): Float64Array {
  return Float64Array.from({ length: pairs.length * dimensions }, (_, at) => {
    const [one, other] = pairs[Math.floor(at / dimensions)] ?? [0, 0];
    const index = at % dimensions;
    return (rows[one * dimensions + index] ?? 0) - (rows[other * dimensions + index] ?? 0);
  });
}

function meanOf(rows: Float32Array, dimensions: number, members: readonly number[]): Float64Array {
  const mean = new Float64Array(dimensions);
  for (const row of members) {
    for (let index = 0; index < dimensions; index += 1) {
      mean[index] = (mean[index] ?? 0) + (rows[row * dimensions + index] ?? 0) / members.length;
    }
  }
  return mean;
}

/** F of the metric in which the directions of the rows `apart` [n, dimensions] gain. */
function stretched(
  factor: Float64Array,
  apart: Float64Array,
  { dimensions, weight }: { readonly dimensions: number; readonly weight: number },
): Float64Array {
  const inside = scatterOf(times(apart, factor, dimensions), dimensions);
  const scale = (weight * dimensions) / Math.max(traceOf(inside, dimensions), 1e-30);
  for (let index = 0; index < inside.length; index += 1) {
    inside[index] = scale * (inside[index] ?? 0) + (index % (dimensions + 1) === 0 ? 1 : 0);
  }
  const triangle = choleskyOf(inside, dimensions);
  for (let row = 0; row < dimensions; row += 1) {
    triangle.fill(0, row * dimensions + row + 1, (row + 1) * dimensions);
  }
  return times(factor, triangle, dimensions);
}

/** The sum of the outer products of rows [n, dimensions] with themselves; [dimensions, dimensions]. */
function scatterOf(rows: Float64Array, dimensions: number): Float64Array {
  const count = rows.length / dimensions;
  const columns = transposed(rows, count, dimensions);
  const scatter = new Float64Array(dimensions ** 2);
  addRowProducts(scatter, columns, columns, count);
  return mirrorTriangle(scatter, dimensions);
}

function traceOf(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index += 1) sum += matrix[index * (size + 1)] ?? 0;
  return sum;
}

/** Rows [n, size] times a matrix [size, size], both row-major. */
export function times(rows: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const product = new Float64Array(rows.length);
  addRowProducts(product, rows, transposed(matrix, size, size), size);
  return product;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      result[column * rows + row] = matrix[row * columns + column] ?? 0;
    }
  }
  return result;
}
