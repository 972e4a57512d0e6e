import { minimise } from '../numeric/lbfgs.ts';
import { transposed } from '../numeric/matrix-products.ts';
import type { Matrix, MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { softmaxLoss } from './softmax-loss.ts';

const iterations = 100;
const iterationsBetweenYields = 10;
/** The factor of the squared weights that are added to the mean loss. */
const ridge = 1e-3;
/** Iterations of the power method for the largest eigenvalue of XᵀX/n. */
const powerIterations = 12;
/** With more labels than this, the fit goes to the minimum by a method that needs fewer steps. */
export const fewLabels = 50;
/** L-BFGS ends when an iteration lowers the loss by less than this share. */
const convergence = 1e-4;

/**
 * Multinomial logistic regression on standardised features: by 100 steps of Nesterov's method with few
 * labels, by L-BFGS until it converges with many.
 */
export class SoftmaxClassifier {
  readonly #products: MatrixProducts;
  /** Standardised features, one row for each row in `train`. */
  readonly #features: Matrix;
  readonly #columns: Matrix;
  readonly #classes: Uint32Array;
  readonly #classCount: number;
  readonly #standardise: (row: number) => Float32Array;
  #weights: Float64Array;

  /**
   * Prepares to learn `classOf` (0 to `classCount` - 1) from the rows in `train`; adds a constant
   * feature.
   */
  constructor(
    products: MatrixProducts,
    rows: UnitRows,
    train: Uint32Array,
    classOf: (row: number) => number,
    classCount: number,
  ) {
    this.#products = products;
    this.#classCount = classCount;
    this.#classes = train.map(classOf);
    this.#standardise = standardisation(rows, train);
    this.#features = this.#featuresOf(train, rows.dimensions + 1);
    this.#columns = transposed(this.#features);
    this.#weights = new Float64Array(classCount * this.#features.columns);
  }

  /** Fits the weights. */
  async fit(yieldToEvents: () => Promise<void>): Promise<void> {
    if (this.#classCount > fewLabels) await this.#fitToConvergence(yieldToEvents);
    else await this.#fitBySteps(yieldToEvents);
  }

  async #fitToConvergence(yieldToEvents: () => Promise<void>): Promise<void> {
    // The curvature at the start, where every class is equally probable; it grows on the way.
    const curvature = (await this.#largestEigenvalue()) / this.#classCount + ridge;
    const problem = {
      products: this.#products,
      features: this.#features,
      columns: this.#columns,
      classes: this.#classes,
      classCount: this.#classCount,
      ridge,
    };
    const slopeAt = async (weights: Float32Array): ReturnType<typeof softmaxLoss> => {
      await yieldToEvents();
      return softmaxLoss(problem, weights);
    };
    const start = new Float32Array(this.#weights.length);
    const options = { firstStep: 0.3 / curvature, iterations, tolerance: convergence };
    this.#weights = new Float64Array(await minimise(start, slopeAt, options));
  }

  /**
   * Half the largest eigenvalue of XᵀX/n bounds the loss's curvature, and so the step.
   */
  async #fitBySteps(yieldToEvents: () => Promise<void>): Promise<void> {
    const step = 1 / (0.5 * (await this.#largestEigenvalue()) + ridge);
    const momentum = this.#weights.slice();
    for (let iteration = 0; iteration < iterations; iteration++) {
      if (iteration % iterationsBetweenYields === 0) await yieldToEvents();
      const gradient = await this.#gradient(momentum);
      const pull = iteration / (iteration + 3);
      const next = new Float64Array(momentum.length);
      for (let index = 0; index < next.length; index++) {
        next[index] = (momentum[index] as number) - step * (gradient[index] as number);
        const gone = (next[index] as number) - (this.#weights[index] as number);
        momentum[index] = (next[index] as number) + pull * gone;
      }
      this.#weights = next;
    }
  }

  /** The most probable class of each row. */
  async predict(rows: Uint32Array): Promise<Uint32Array> {
    const features = this.#featuresOf(rows, this.#features.columns);
    const scores = await this.#products.times(features, this.#weightMatrix(this.#weights));
    return rows.map((_, index) => {
      const own = scores.subarray(index * this.#classCount, (index + 1) * this.#classCount);
      return indexOfLargest(own);
    });
  }

  #featuresOf(rows: Uint32Array, columns: number): Matrix {
    const values = new Float32Array(rows.length * columns);
    for (const [index, row] of rows.entries()) values.set(this.#standardise(row), index * columns);
    return { values, rows: rows.length, columns };
  }

  #weightMatrix(weights: Float64Array): Matrix {
    const { columns } = this.#features;
    return { values: new Float32Array(weights), rows: this.#classCount, columns };
  }

  /** The gradient of the mean cross-entropy plus the ridge. */
  async #gradient(weights: Float64Array): Promise<Float64Array> {
    const scores = await this.#products.times(this.#features, this.#weightMatrix(weights));
    const residuals = this.#residuals(scores);
    const gradient = await this.#products.times(residuals, this.#columns);
    const all = new Float64Array(weights.length);
    for (let index = 0; index < all.length; index++) {
      all[index] = ridge * (weights[index] as number) + (gradient[index] as number);
    }
    return all;
  }

  /** (probability - 1 for its own class) / rows, [classes, rows], from scores [rows, classes]. */
  #residuals(scores: Float32Array): Matrix {
    const [count, classCount] = [this.#classes.length, this.#classCount];
    const values = new Float32Array(scores.length);
    for (let row = 0; row < count; row++) {
      const own = softmax(scores.subarray(row * classCount, (row + 1) * classCount));
      own[this.#classes[row] as number] = (own[this.#classes[row] as number] as number) - 1;
      for (let label = 0; label < classCount; label++) {
        values[label * count + row] = (own[label] as number) / count;
      }
    }
    return { values, rows: classCount, columns: count };
  }

  async #largestEigenvalue(): Promise<number> {
    const { columns } = this.#features;
    let direction = new Float32Array(columns).fill(1 / Math.sqrt(columns));
    let eigenvalue = 1;
    for (let iteration = 0; iteration < powerIterations; iteration++) {
      const along = await this.#products.times(row(direction), this.#features);
      const product = await this.#products.times(row(along), this.#columns);
      const norm = Math.hypot(...product);
      eigenvalue = norm / this.#classes.length;
      direction = product.map((value) => value / norm);
    }
    // The power method underestimates it, and with a step that is too long the fit would diverge.
    return 1.1 * eigenvalue;
  }
}

function indexOfLargest(scores: Float32Array): number {
  let best = 0;
  for (let label = 1; label < scores.length; label++) {
    if ((scores[label] as number) > (scores[best] as number)) best = label;
  }
  return best;
}

function row(values: Float32Array): Matrix {
  return { values, rows: 1, columns: values.length };
}

/** The softmax of `scores`, in place: called for each row and iteration, it must not allocate. */
function softmax(scores: Float32Array): Float32Array {
  const count = scores.length;
  let highest = -Infinity;
  for (let label = 0; label < count; label++) {
    if ((scores[label] as number) > highest) highest = scores[label] as number;
  }
  let total = 0;
  for (let label = 0; label < count; label++) {
    const power = Math.exp((scores[label] as number) - highest);
    scores[label] = power;
    total += power;
  }
  for (let label = 0; label < count; label++) scores[label] = (scores[label] as number) / total;
  return scores;
}

/**
 * Gives a row's features with mean 0 and deviation 1 over the training rows, and a constant 1 at
 * the end.
 */
function standardisation(
  { vectors, dimensions }: UnitRows,
  train: Uint32Array,
): (row: number) => Float32Array {
  const means = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  for (const row of train) {
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[row * dimensions + column] as number;
      means[column] = (means[column] as number) + value / train.length;
      squares[column] = (squares[column] as number) + (value * value) / train.length;
    }
  }
  const scales = means.map((mean, column) => {
    const variance = (squares[column] ?? 0) - mean * mean;
    return variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  });
  return (row) => {
    const features = new Float32Array(dimensions + 1).fill(1);
    for (let column = 0; column < dimensions; column++) {
      const value = vectors[row * dimensions + column] as number;
      features[column] = (value - (means[column] as number)) * (scales[column] as number);
    }
    return features;
  };
}
