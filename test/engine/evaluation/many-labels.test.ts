import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  linearProbeAccuracy,
  probeObstacle,
} from '../../../src-main/engine/evaluation/linear-probe.ts';
import { SoftmaxClassifier } from '../../../src-main/engine/evaluation/softmax-classifier.ts';
import { minimise } from '../../../src-main/engine/numeric/lbfgs.ts';
import { MatrixProducts } from '../../../src-main/engine/numeric/matrix-products.ts';
import { clusteredUnitRows } from '../neighbours/random-unit-rows.ts';

/** Written by many_labels.py: SciPy's multinomial logistic regression. */
interface Reference {
  readonly labels: number[];
  readonly rows: number[][];
  readonly trainingRows: number;
  readonly predicted: number[];
  readonly margins: number[];
}

const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, 'many-labels.json'), 'utf8'),
) as Reference;

let products: MatrixProducts;
beforeAll(async () => void (products = await MatrixProducts.create()));
afterAll(() => products.dispose());

describe('logistic regression with many labels', () => {
  it('predicts what SciPy’s predicts, where that is sure to 0.1', async () => {
    const { labels, rows, trainingRows, predicted, margins } = reference;
    const vectors = Float32Array.from(rows.flat());
    const unit = { vectors, count: rows.length, dimensions: rows[0]!.length };
    const train = Uint32Array.from({ length: trainingRows }, (_, row) => row);
    const held = Uint32Array.from(predicted, (_, row) => trainingRows + row);
    const classifier = new SoftmaxClassifier(products, unit, train, (row) => labels[row]!, 60);
    await classifier.fit(() => Promise.resolve());
    const found = [...(await classifier.predict(held))];
    const sure = margins.map((margin) => margin > 0.1);
    expect(sure.filter(Boolean).length).toBeGreaterThan(0.8 * sure.length);
    expect(found.filter((_, row) => sure[row])).toEqual(predicted.filter((_, row) => sure[row]));
  });

  it('takes few steps: 300 labels of two pictures each', async () => {
    const shape = { count: 600, dimensions: 32, clusters: 300, spread: 0.3, seed: 4 };
    const rows = { vectors: clusteredUnitRows(shape), ...shape };
    const labels = Int32Array.from({ length: 600 }, (_, row) => row % 300);
    let steps = 0;
    const accuracy = await linearProbeAccuracy(rows, labels, () => {
      steps++;
      return Promise.resolve();
    });
    expect(accuracy).toBeGreaterThan(0.6);
    expect(steps).toBeLessThan(5 * 60);
  });
});

describe('what would take minutes', () => {
  const labelled = (pictures: number, labels: number): Int32Array =>
    Int32Array.from({ length: pictures }, (_, row) => row % labels);

  it('is left out, and said', async () => {
    const labels = labelled(40_000, 20_000);
    const rows = { vectors: new Float32Array(2 * 40_000), count: 40_000, dimensions: 2 };
    expect(await linearProbeAccuracy(rows, labels)).toBeNull();
    expect(probeObstacle(2, labels)).toMatch(/^The linear probe was left out: with 20000 labels/);
  });

  it('is not what people have: two pictures of 1,200, or 500 of 100', () => {
    expect(probeObstacle(768, labelled(2400, 1200))).toBeNull();
    expect(probeObstacle(128, labelled(50_000, 100))).toBeNull();
    expect(probeObstacle(2048, labelled(50_000, 50))).toBeNull();
  });
});

describe('L-BFGS', () => {
  it('finds the minimum of a stretched bowl and of a curved valley', async () => {
    const scales = [1, 10, 100, 1000];
    const bowl = await minimise(
      new Float32Array(4),
      (x) =>
        Promise.resolve({
          value: scales.reduce((sum, scale, at) => sum + 0.5 * scale * (x[at]! - at) ** 2, 1),
          gradient: Float32Array.from(scales, (scale, at) => scale * (x[at]! - at)),
        }),
      { firstStep: 1e-3, iterations: 60, tolerance: 1e-9 },
    );
    expect([...bowl]).toEqual([0, 1, 2, 3].map((at) => expect.closeTo(at, 3) as unknown));
    // log(e^x + e^-x + e^y + e^-y) with a tilt: its minimum solves tanh-like equations; checked by slope.
    const slope = ([x, y]: Float32Array) => {
      const masses = [Math.exp(x!), Math.exp(-x!), Math.exp(y!), Math.exp(-y!)];
      const total = masses.reduce((sum, mass) => sum + mass, 0);
      return {
        value: Math.log(total) - 0.3 * x! + 0.2 * y!,
        gradient: Float32Array.of(
          (masses[0]! - masses[1]!) / total - 0.3,
          (masses[2]! - masses[3]!) / total + 0.2,
        ),
      };
    };
    const options = { firstStep: 1, iterations: 60, tolerance: 1e-10 };
    const found = await minimise(Float32Array.of(4, -5), (x) => Promise.resolve(slope(x)), options);
    expect(Math.hypot(...slope(found).gradient)).toBeLessThan(1e-3);
  });
});
