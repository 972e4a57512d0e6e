import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectionHead } from '../../../src-main/contract/projection-heads.ts';
import { statisticUpdates } from '../../../src-main/engine/networks/batch-norm.ts';
import { headSpecs, projected } from '../../../src-main/engine/networks/projection-head.ts';
import { pictureEncoderPlan } from '../../../src-main/engine/networks/trainable-encoder.ts';
import { elementCount, flatLength } from '../../../src-main/engine/networks/weights.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

type Matrix = number[][];

const sides = { inputs: 3, hidden: 4, outputs: 2 };
const random = seedRandom(9);
const h: Matrix = Array.from({ length: 5 }, () => Array.from({ length: 3 }, () => random.normal()));
/** Made-up values of every weight that any head has, by name. */
const values = new Map<string, number[]>();

function valuesOf(name: string, shape: readonly number[]): number[] {
  const made = Array.from({ length: elementCount(shape) }, () => random.normal());
  const known = values.get(name) ?? made;
  values.set(name, known);
  return known;
}

function linear(x: Matrix, name: string, width: number): Matrix {
  const weight = values.get(`${name}.weight`)!;
  const bias = values.get(`${name}.bias`);
  return x.map((row) =>
    Array.from({ length: width }, (_, column) =>
      row.reduce(
        (sum, value, at) => sum + value * weight[at * width + column]!,
        bias?.[column] ?? 0,
      ),
    ),
  );
}

/** In training mode: by the mean and the variance of the rows. */
function norm(x: Matrix, name: string): Matrix {
  const width = x[0]!.length;
  const [gain, shift] = [values.get(`${name}.weight`)!, values.get(`${name}.bias`)];
  const columns = Array.from({ length: width }, (_, column) => x.map((row) => row[column]!));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / x.length);
  const variances = columns.map(
    (column, at) => column.reduce((sum, value) => sum + (value - means[at]!) ** 2, 0) / x.length,
  );
  return x.map((row) =>
    row.map(
      (value, at) =>
        (gain[at]! * (value - means[at]!)) / Math.sqrt(variances[at]! + 1e-5) + (shift?.[at] ?? 0),
    ),
  );
}

const relu = (x: Matrix): Matrix => x.map((row) => row.map((value) => Math.max(0, value)));

const expected = {
  none: () => h,
  linear: () => linear(h, 'head.out', 2),
  mlp: () => linear(relu(linear(h, 'head.hidden', 4)), 'head.out', 2),
  'mlp-norm': () => linear(relu(norm(linear(h, 'head.hidden', 4), 'head.bn')), 'head.out', 2),
  'mlp-3': () => {
    const first = relu(norm(linear(h, 'head.hidden', 4), 'head.bn'));
    const second = relu(norm(linear(first, 'head.hidden2', 4), 'head.bn2'));
    return norm(linear(second, 'head.out', 2), 'head.bn3');
  },
};

describe('a projection head', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each(projectionHead.options)('%s computes what its layers say', (kind) => {
    values.clear();
    const plan = { kind, ...sides };
    const weights = Object.fromEntries(
      headSpecs(plan).map(({ name, shape }) => [
        name,
        tf.tensor(valuesOf(name, shape), [...shape]),
      ]),
    );
    const found = projected(plan, tf.tensor2d(h), weights, statisticUpdates()).arraySync();
    for (const [row, numbers] of expected[kind]().entries()) {
      for (const [column, value] of numbers.entries()) {
        expect(found[row]![column]).toBeCloseTo(value, 4);
      }
    }
  });

  it.each([
    // Linear(512, 128)
    ['none', 0],
    ['linear', 512 * 128 + 128],
    // Linear(512, 512), ReLU, Linear(512, 128)
    ['mlp', 512 * 512 + 512 + 512 * 128 + 128],
    // Linear(512, 512, bias=False), BatchNorm1d, ReLU, Linear(512, 128)
    ['mlp-norm', 512 * 512 + 2 * 512 + 512 * 128 + 128],
    // No bias but those of the first two norms; the last norm has a scale alone.
    ['mlp-3', 2 * (512 * 512 + 2 * 512) + 512 * 128 + 128],
  ] as const)(
    '%s has on resnet18 as many weights as the published one on 512 features',
    (head, count) => {
      const body = 11_689_512 - 513_000 - 9408 + 1728;
      const { specs } = pictureEncoderPlan('resnet18', head);
      expect(flatLength(specs, 'trainable') - body).toBe(count);
    },
  );
});
