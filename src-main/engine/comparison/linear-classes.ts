import type { LabelColumn } from '../evaluation/label-columns.ts';
import type { UnitRows } from '../neighbours/unit-rows.ts';

/** Ridge per row and dimension, relative to the features' mean variance. */
const ridge = 1e-3;

/**
 * The label that a linear classifier gives each labelled row when it has learnt from all others: least
 * squares on one column of 0 and 1 a label, with a small ridge and a free constant, by the exact
 * leave-one-out formula (ŷ - h y) / (1 - h) with the leverage h (Allen 1974). -1 for rows without a
 * label; null with fewer than two labels. O(n d²).
 */
export function linearClasses(rows: UnitRows, labels: LabelColumn): Int32Array | null {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  const classes = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
  if (new Set(Array.from(labelled, (row) => labels[row])).size < 2) return null;
  const features = centredRows(rows, labelled);
  const { dimensions } = rows;
  const count = labelled.length;
  const triangle = choleskyOf(gramOf(features, count, dimensions), dimensions);
  // Whitened rows: their inner products are the ridge regression's hat matrix without the constant.
  whitenRows(features, triangle, count, dimensions);
  const shares = new Float64Array(classes);
  for (const row of labelled) {
    const label = labels[row] ?? 0;
    shares[label] = (shares[label] as number) + 1 / count;
  }
  const sums = classSums(features, labelled, labels, classes, dimensions);
  const given = new Int32Array(labels.length).fill(-1);
  for (const [place, row] of labelled.entries()) {
    const start = place * dimensions;
    const own = labels[row] ?? 0;
    let leverage = 1 / count;
    for (let d = 0; d < dimensions; d++) leverage += (features[start + d] as number) ** 2;
    let best = -Infinity;
    for (let label = 0; label < classes; label++) {
      let score = shares[label] as number;
      for (let d = 0; d < dimensions; d++) {
        score += (features[start + d] as number) * (sums[label * dimensions + d] as number);
      }
      if (label === own) score -= leverage;
      if (score > best) {
        best = score;
        given[row] = label;
      }
    }
  }
  return given;
}

function centredRows({ vectors, dimensions }: UnitRows, labelled: Uint32Array): Float64Array {
  const means = new Float64Array(dimensions);
  const features = new Float64Array(labelled.length * dimensions);
  for (const [place, row] of labelled.entries()) {
    for (let d = 0; d < dimensions; d++) {
      const value = vectors[row * dimensions + d] as number;
      features[place * dimensions + d] = value;
      means[d] = (means[d] as number) + value / labelled.length;
    }
  }
  for (let start = 0; start < features.length; start += dimensions) {
    for (let d = 0; d < dimensions; d++) {
      features[start + d] = (features[start + d] as number) - (means[d] as number);
    }
  }
  return features;
}

/** The lower triangle of XᵀX + ridge, row-major. */
function gramOf(features: Float64Array, count: number, dimensions: number): Float64Array {
  const gram = new Float64Array(dimensions * dimensions);
  for (let row = 0; row < count; row++) {
    const start = row * dimensions;
    for (let i = 0; i < dimensions; i++) {
      const value = features[start + i] as number;
      const line = i * dimensions;
      for (let j = 0; j <= i; j++) {
        gram[line + j] = (gram[line + j] as number) + value * (features[start + j] as number);
      }
    }
  }
  let trace = 0;
  for (let i = 0; i < dimensions; i++) trace += gram[i * (dimensions + 1)] as number;
  const added = (ridge * trace) / dimensions + Number.MIN_VALUE;
  for (let i = 0; i < dimensions; i++) {
    gram[i * (dimensions + 1)] = (gram[i * (dimensions + 1)] as number) + added;
  }
  return gram;
}

/** The lower triangle L with L Lᵀ = `matrix`, in place. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
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

/** Solves L w = x for each row x, in place. */
function whitenRows(
  features: Float64Array,
  triangle: Float64Array,
  count: number,
  size: number,
): void {
  for (let row = 0; row < count; row++) {
    const start = row * size;
    for (let i = 0; i < size; i++) {
      let value = features[start + i] as number;
      for (let k = 0; k < i; k++) {
        value -= (triangle[i * size + k] as number) * (features[start + k] as number);
      }
      features[start + i] = value / (triangle[i * size + i] as number);
    }
  }
}

function classSums(
  features: Float64Array,
  labelled: Uint32Array,
  labels: LabelColumn,
  classes: number,
  dimensions: number,
): Float64Array {
  const sums = new Float64Array(classes * dimensions);
  for (const [place, row] of labelled.entries()) {
    const line = (labels[row] ?? 0) * dimensions;
    for (let d = 0; d < dimensions; d++) {
      sums[line + d] = (sums[line + d] as number) + (features[place * dimensions + d] as number);
    }
  }
  return sums;
}
