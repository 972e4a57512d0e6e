import type { UnitRows } from '../neighbours/unit-rows.ts';

const iterations = 100;
const iterationsPerBreath = 10;
/** Weight of the squared weights beside the mean loss: features are standardised. */
const ridge = 1e-3;
/** Half the largest eigenvalue of XᵀX/n bounds the curvature of the softmax loss. */
const powerIterations = 12;

/** Multinomial logistic regression on standardised features, fitted by Nesterov's method. */
export class SoftmaxClassifier {
  readonly #features: Float32Array;
  readonly #classes: Uint32Array;
  readonly #classCount: number;
  readonly #width: number;
  readonly #standardise: (row: number) => Float32Array;
  #weights: Float64Array;

  /** Learns to tell `classOf` of the rows in `train`; a constant feature is added. */
  constructor(
    rows: UnitRows,
    train: Uint32Array,
    classOf: (row: number) => number,
    classCount: number,
  ) {
    this.#width = rows.dimensions + 1;
    this.#classCount = classCount;
    this.#classes = train.map(classOf);
    this.#standardise = standardisation(rows, train);
    this.#features = new Float32Array(train.length * this.#width);
    for (const [index, row] of train.entries()) {
      this.#features.set(this.#standardise(row), index * this.#width);
    }
    this.#weights = new Float64Array(classCount * this.#width);
  }

  async fit(breathe: () => Promise<void>): Promise<void> {
    const step = 1 / (0.5 * this.#largestEigenvalue() + ridge);
    let momentum = this.#weights.slice();
    for (let iteration = 0; iteration < iterations; iteration++) {
      if (iteration % iterationsPerBreath === 0) await breathe();
      const gradient = this.#gradient(momentum);
      const next = momentum.map((weight, index) => weight - step * (gradient[index] ?? 0));
      const pull = iteration / (iteration + 3);
      momentum = next.map(
        (weight, index) => weight + pull * (weight - (this.#weights[index] ?? 0)),
      );
      this.#weights = next;
    }
  }

  /** The most probable class of a row. */
  predict(row: number): number {
    const scores = this.#scores(this.#standardise(row), 0, this.#weights);
    return scores.indexOf(Math.max(...scores));
  }

  #scores(features: Float32Array, start: number, weights: Float64Array): Float64Array {
    const scores = new Float64Array(this.#classCount);
    const width = this.#width;
    for (let label = 0; label < scores.length; label++) {
      scores[label] = product(features, start, weights, label * width, width);
    }
    return scores;
  }

  /** Of the mean cross-entropy plus the ridge. */
  #gradient(weights: Float64Array): Float64Array {
    const gradient = weights.map((weight) => ridge * weight);
    const count = this.#classes.length;
    const width = this.#width;
    const features = this.#features;
    for (let index = 0; index < count; index++) {
      const start = index * width;
      const residual = softmax(this.#scores(features, start, weights));
      const label = this.#classes[index] ?? 0;
      residual[label] = (residual[label] ?? 0) - 1;
      for (let other = 0; other < residual.length; other++) {
        const factor = (residual[other] as number) / count;
        accumulate(gradient, other * width, features, start, factor, width);
      }
    }
    return gradient;
  }

  #largestEigenvalue(): number {
    let direction = new Float64Array(this.#width).fill(1 / Math.sqrt(this.#width));
    let eigenvalue = 1;
    for (let iteration = 0; iteration < powerIterations; iteration++) {
      const product = new Float64Array(this.#width);
      for (let start = 0; start < this.#features.length; start += this.#width) {
        let along = 0;
        for (let column = 0; column < this.#width; column++) {
          along += (this.#features[start + column] as number) * (direction[column] as number);
        }
        for (let column = 0; column < this.#width; column++) {
          product[column] =
            (product[column] as number) + along * (this.#features[start + column] as number);
        }
      }
      const norm = Math.hypot(...product);
      eigenvalue = norm / this.#classes.length;
      direction = product.map((value) => value / norm);
    }
    // The power method comes from below; a step that is a little too long would diverge.
    return 1.1 * eigenvalue;
  }
}

function product(
  features: Float32Array,
  start: number,
  weights: Float64Array,
  offset: number,
  width: number,
): number {
  let even = 0;
  let odd = 0;
  let column = 0;
  for (; column + 1 < width; column += 2) {
    even += (features[start + column] as number) * (weights[offset + column] as number);
    odd += (features[start + column + 1] as number) * (weights[offset + column + 1] as number);
  }
  if (column < width)
    even += (features[start + column] as number) * (weights[offset + column] as number);
  return even + odd;
}

/** Adds factor times a row of features. */
function accumulate(
  gradient: Float64Array,
  offset: number,
  features: Float32Array,
  start: number,
  factor: number,
  width: number,
): void {
  for (let column = 0; column < width; column++) {
    gradient[offset + column] =
      (gradient[offset + column] as number) + factor * (features[start + column] as number);
  }
}

/** In place: it runs once a row and iteration, where allocating and calling back would cost most. */
function softmax(scores: Float64Array): Float64Array {
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

/** Mean 0 and deviation 1 over the training rows, with a constant 1 at the end. */
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
