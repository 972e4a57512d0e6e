import { choleskyOf, inverseOfTriangle } from '../numeric/cholesky.ts';
import { minimise } from '../numeric/lbfgs.ts';
import { transposed } from '../numeric/matrix-products.ts';
import type { Matrix, MatrixProducts } from '../numeric/matrix-products.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { softmaxLoss } from './softmax-loss.ts';
import { standardisation } from './standardised-features.ts';

/** When a fit ends: where no entry of the gradient of the mean loss is larger than `flat`. */
interface FitAccuracy {
  readonly flat: number;
  /** It also ends where an iteration lowers the loss by less than this share. */
  readonly tolerance: number;
}

/** Near the rounding of float32. */
const toMinimum: FitAccuracy = { flat: 1e-5, tolerance: 1e-8 };
/** Near enough to see which of several ridges is better. */
export const toCompare: FitAccuracy = { flat: 2e-4, tolerance: 1e-5 };
const iterationsAtMost = 500;
/** With more numbers than this, the inverse of the curvature takes longer than the steps it saves. */
const mostConditioned = 400;

/**
 * Multinomial logistic regression on standardised features with a free constant, to its minimum: the
 * mean cross-entropy plus |W|² / (2 C n), as scikit-learn's LogisticRegression with the same C.
 */
export class SoftmaxClassifier {
  readonly #products: MatrixProducts;
  /** Standardised features and a constant, one row for each row in `train`. */
  readonly #features: Matrix;
  readonly #columns: Matrix;
  /** XᵀX/n of the features without the constant, [d, d]; null where it is not worth its time. */
  readonly #gram: Promise<Float64Array> | null;
  readonly #classes: Uint32Array;
  readonly #classCount: number;
  readonly #standardise: (row: number) => Float32Array;
  #weights: Float32Array;

  /** Prepares to learn `classOf` (0 to `classCount` - 1) from the rows in `train`. */
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
    this.#gram = rows.dimensions <= mostConditioned ? this.#gramOfFeatures() : null;
    this.#weights = new Float32Array(classCount * this.#features.columns);
  }

  /** Fits the weights with the strength C of the data against the ridge, from the weights before. */
  async fit(
    strength: number,
    yieldToEvents: () => Promise<void>,
    accuracy: FitAccuracy = toMinimum,
  ): Promise<void> {
    const ridge = 1 / (strength * this.#classes.length);
    const problem = {
      products: this.#products,
      features: this.#features,
      columns: this.#columns,
      classes: this.#classes,
      classCount: this.#classCount,
      ridge,
    };
    const inverse = await this.#inverseCurvature(ridge);
    this.#weights = await minimise(
      this.#weights,
      async (weights) => {
        await yieldToEvents();
        return softmaxLoss(problem, weights);
      },
      {
        firstStep: inverse === null ? 1 / (1 / this.#classCount + ridge) : 1,
        iterations: iterationsAtMost,
        ...accuracy,
        ...(inverse !== null && { precondition: this.#byCurvature(inverse) }),
      },
    );
  }

  /** The scores of the classes of each row; [rows, classes]. */
  scores(rows: Uint32Array): Promise<Float32Array> {
    const { columns } = this.#features;
    const matrix = { values: this.#weights, rows: this.#classCount, columns };
    return this.#products.times(this.#featuresOf(rows, columns), matrix);
  }

  /** The most probable class of each row. */
  async predict(rows: Uint32Array): Promise<Uint32Array> {
    const scores = await this.scores(rows);
    return rows.map((_, index) =>
      indexOfLargest(scores.subarray(index * this.#classCount, (index + 1) * this.#classCount)),
    );
  }

  /** The mean of -log of the probability that the rows' own classes get. */
  async meanLoss(rows: Uint32Array, classOf: (row: number) => number): Promise<number> {
    const scores = await this.scores(rows);
    let total = 0;
    for (const [index, row] of rows.entries()) {
      const own = scores.subarray(index * this.#classCount, (index + 1) * this.#classCount);
      const highest = own[indexOfLargest(own)] ?? 0;
      let sum = 0;
      for (let label = 0; label < own.length; label++) {
        sum += Math.exp((own[label] as number) - highest);
      }
      total += Math.log(sum) + highest - (own[classOf(row)] ?? 0);
    }
    return total / rows.length;
  }

  #featuresOf(rows: Uint32Array, columns: number): Matrix {
    const values = new Float32Array(rows.length * columns);
    for (const [index, row] of rows.entries()) values.set(this.#standardise(row), index * columns);
    return { values, rows: rows.length, columns };
  }

  async #gramOfFeatures(): Promise<Float64Array> {
    const width = this.#features.columns;
    const all = await this.#products.times(this.#columns, this.#columns);
    const size = width - 1;
    return Float64Array.from({ length: size * size }, (_, index) => {
      const line = Math.floor(index / size);
      return (all[line * width + (index % size)] ?? 0) / this.#classes.length;
    });
  }

  /**
   * The inverse of the loss's curvature for one class where all are equally probable, XᵀX/(n K) + λ;
   * null without XᵀX.
   */
  async #inverseCurvature(ridge: number): Promise<Matrix | null> {
    const gram = await this.#gram;
    if (gram === null) return null;
    const size = this.#features.columns - 1;
    const curvature = gram.map(
      (value, index) => value / this.#classCount + (index % (size + 1) === 0 ? ridge : 0),
    );
    const triangle = inverseOfTriangle(choleskyOf(curvature, size), size);
    const values = Float32Array.from(triangle);
    const columns = transposed({ values, rows: size, columns: size });
    return { values: await this.#products.times(columns, columns), rows: size, columns: size };
  }

  #byCurvature(inverse: Matrix): (gradient: Float32Array) => Promise<Float32Array> {
    const width = this.#features.columns;
    const size = width - 1;
    return async (gradient) => {
      const values = new Float32Array(this.#classCount * size);
      for (let label = 0; label < this.#classCount; label++) {
        values.set(gradient.subarray(label * width, label * width + size), label * size);
      }
      const turned = await this.#products.times(
        { values, rows: this.#classCount, columns: size },
        inverse,
      );
      const result = gradient.map((value) => value * this.#classCount);
      for (let label = 0; label < this.#classCount; label++) {
        result.set(turned.subarray(label * size, (label + 1) * size), label * width);
      }
      return result;
    };
  }
}

function indexOfLargest(scores: Float32Array): number {
  let best = 0;
  for (let label = 1; label < scores.length; label++) {
    if ((scores[label] as number) > (scores[best] as number)) best = label;
  }
  return best;
}
