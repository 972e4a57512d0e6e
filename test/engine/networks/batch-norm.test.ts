import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  batchNorm,
  batchNormSpecs,
  statisticUpdates,
} from '../../../src-main/engine/networks/batch-norm.ts';
import { seedRandom } from '../../../src-main/engine/numeric/random.ts';

const shape: [number, number, number, number] = [3, 4, 4, 5];

function randomTensor(size: number[], seed: number): tf.Tensor {
  const random = seedRandom(seed);
  const count = size.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: count }, () => 2 * random.normal() + 0.7),
    size,
  );
}

/** Batch norm as the tape differentiates it, without the closed form. */
function plain(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const mean = tf.mean(x, [0, 1, 2]);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), [0, 1, 2]);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gamma), beta);
}

describe('batch norm', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('has the values and the three gradients of the formula', () => {
    const [x, dy] = [randomTensor(shape, 1), randomTensor(shape, 2)];
    const [gamma, beta] = [randomTensor([5], 3), randomTensor([5], 4)];
    const statistics = { 'n.running_mean': tf.zeros([5]), 'n.running_var': tf.ones([5]) };
    const ours = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      batchNorm(a, 'n', { 'n.weight': b, 'n.bias': c, ...statistics }, statisticUpdates());
    const expected = tf.grads(plain)([x, gamma, beta], dy);
    const actual = tf.grads(ours)([x, gamma, beta], dy);
    const difference = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];
    expect(difference(ours(x, gamma, beta), plain(x, gamma, beta))).toBeLessThan(1e-5);
    for (const [index, gradient] of expected.entries()) {
      expect(difference(actual[index]!, gradient)).toBeLessThan(1e-4);
    }
  });

  it('moves the running statistics as torch does: momentum 0.1, unbiased variance', () => {
    const x = tf.tensor2d([
      [1, 10],
      [3, 10],
      [8, 40],
    ]);
    const specs = batchNormSpecs('n', 2);
    const weights = Object.fromEntries(
      specs.map(({ name, start }) => [
        name,
        tf.fill([2], start.kind === 'constant' ? start.value : NaN),
      ]),
    );
    const updates = statisticUpdates();
    batchNorm(x, 'n', weights, updates);
    const mean = [...updates.moved['n.running_mean']!.dataSync()];
    const variance = [...updates.moved['n.running_var']!.dataSync()];
    expect(mean[0]).toBeCloseTo(0.4, 6);
    expect(mean[1]).toBeCloseTo(2, 6);
    expect(variance[0]).toBeCloseTo(0.9 + 0.1 * 13, 5);
    expect(variance[1]).toBeCloseTo(0.9 + 0.1 * 300, 4);
  });

  it('uses the running statistics in evaluation mode', () => {
    const weights = {
      'n.weight': tf.tensor1d([2]),
      'n.bias': tf.tensor1d([1]),
      'n.running_mean': tf.tensor1d([3]),
      'n.running_var': tf.tensor1d([4]),
    };
    const y = batchNorm(tf.tensor2d([[3], [5]]), 'n', weights).dataSync();
    expect(y[0]).toBeCloseTo(1, 5);
    expect(y[1]).toBeCloseTo(3, 4);
  });
});
