import * as ort from 'onnxruntime-node';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { gemmModel } from '../numeric/gemm-model.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { columnMeans, innerProducts } from './centred-columns.ts';
import type { CentredRows } from './centred-columns.ts';
import { choleskyOf, inverseOfTriangle } from '../numeric/cholesky.ts';

/** The ridge, relative to the mean of the diagonal of XᵀX. */
const ridge = 1e-3;
/** Rows that are classified at once. */
const blockRows = 4096;

/**
 * The label that a linear classifier gives to each labelled row after learning from all other rows;
 * -1 for rows without a label, null with fewer than two labels. It is least squares on a column of 0
 * and 1 for each label, with a small ridge and a free constant. The exact leave-one-out formula is
 * (ŷ - h y) / (1 - h) with the leverage h (Allen 1974). O(n d²).
 */
export async function linearClasses(
  rows: UnitRows,
  labels: LabelColumn,
): Promise<Int32Array | null> {
  const labelled = Uint32Array.from(labels.keys()).filter((row) => (labels[row] ?? -1) >= 0);
  const ownLabels = Int32Array.from(labelled, (row) => labels[row] ?? 0);
  if (new Set(ownLabels).size < 2) return null;
  const features = rowsAt(rows, labelled);
  const session = await ort.InferenceSession.create(gemmModel('float64'), { intraOpNumThreads: 2 });
  try {
    const best = await bestClasses(session, features, ownLabels);
    const given = new Int32Array(labels.length).fill(-1);
    for (const [index, row] of labelled.entries()) given[row] = best[index] ?? -1;
    return given;
  } finally {
    await session.release();
  }
}

async function bestClasses(
  session: ort.InferenceSession,
  features: CentredRows,
  labels: Int32Array,
): Promise<Int32Array> {
  const { count, dimensions } = features;
  const classes = labels.reduce((highest, label) => Math.max(highest, label), -1) + 1;
  const gram = await innerProducts(session, features, features);
  const inverse = inverseOfTriangle(
    choleskyOf(withRidge(gram, dimensions), dimensions),
    dimensions,
  );
  const size = [dimensions, dimensions] as const;
  // Inner products of the whitened rows L⁻¹ x are the hat matrix of the ridge regression without the constant.
  const whiten = (block: Float64Array): Promise<Float64Array> =>
    product(session, block, inverse, size);
  const sums = await whiten(classSums(features, labels, classes));
  const shares = new Float64Array(classes);
  for (const label of labels) shares[label] = (shares[label] as number) + 1 / count;
  const best = new Int32Array(count);
  for (let start = 0; start < count; start += blockRows) {
    const end = Math.min(count, start + blockRows);
    const block = await whiten(centredBlock(features, start, end));
    const scores = await product(session, block, sums, [classes, dimensions]);
    for (let row = start; row < end; row++) {
      const own = labels[row] as number;
      const from = (row - start) * dimensions;
      let leverage = 1 / count;
      for (let d = from; d < from + dimensions; d++) leverage += (block[d] as number) ** 2;
      let highest = -Infinity;
      for (let label = 0; label < classes; label++) {
        const score =
          (shares[label] as number) +
          (scores[(row - start) * classes + label] as number) -
          (label === own ? leverage : 0);
        if (score <= highest) continue;
        highest = score;
        best[row] = label;
      }
    }
  }
  return best;
}

/** The wanted rows, with the means of their columns. */
function rowsAt(all: UnitRows, wanted: Uint32Array): CentredRows {
  const { dimensions } = all;
  const rows = { vectors: vectorsAt(all, wanted), count: wanted.length, dimensions };
  return { ...rows, means: columnMeans(rows) };
}

/** XᵀX with the ridge on its diagonal, in place. */
function withRidge(gram: Float64Array, dimensions: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < dimensions; i++) trace += gram[i * (dimensions + 1)] as number;
  const added = (ridge * trace) / dimensions + Number.MIN_VALUE;
  for (let i = 0; i < dimensions; i++) {
    gram[i * (dimensions + 1)] = (gram[i * (dimensions + 1)] as number) + added;
  }
  return gram;
}

function centredBlock(
  { vectors, dimensions, means }: CentredRows,
  start: number,
  end: number,
): Float64Array {
  const block = Float64Array.from(vectors.subarray(start * dimensions, end * dimensions));
  for (let index = 0; index < block.length; index++) {
    block[index] = (block[index] as number) - (means[index % dimensions] as number);
  }
  return block;
}

function classSums(
  { vectors, dimensions, means }: CentredRows,
  labels: Int32Array,
  classes: number,
): Float64Array {
  const sums = new Float64Array(classes * dimensions);
  for (const [row, label] of labels.entries()) {
    const line = label * dimensions;
    for (let d = 0; d < dimensions; d++) {
      const value = (vectors[row * dimensions + d] as number) - (means[d] as number);
      sums[line + d] = (sums[line + d] as number) + value;
    }
  }
  return sums;
}

/** rows · matrixᵀ; `size` is the number of rows and of columns of the matrix. */
async function product(
  session: ort.InferenceSession,
  rows: Float64Array,
  matrix: Float64Array,
  size: readonly [number, number],
): Promise<Float64Array> {
  const { products } = await session.run({
    anchors: new ort.Tensor('float64', rows, [rows.length / size[1], size[1]]),
    candidates: new ort.Tensor('float64', matrix, size),
  });
  return products?.data as Float64Array;
}
