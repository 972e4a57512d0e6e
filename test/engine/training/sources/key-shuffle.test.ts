import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNorm, statisticUpdates } from '../../../../src-main/engine/networks/batch-norm.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import {
  shuffleFeeds,
  shuffleInputs,
  shuffled,
} from '../../../../src-main/engine/training/sources/key-shuffle.ts';

const [batch, splits] = [12, 3];
const views = Array.from({ length: batch }, (_, row) => [row, row * row]);

/** The inputs of a step as tensors, and the order that they hold. */
function drawn(seed: number) {
  const feeds = shuffleFeeds(batch, splits, seedRandom(seed));
  const inputs = shuffleInputs(batch, splits).map(({ name }) => {
    const values = Array.from(feeds[name]!, Number);
    return [name, tf.tensor1d(values, 'int32')] as const;
  });
  return {
    input: (name: string): tf.Tensor => new Map(inputs).get(name)!,
    order: Array.from(feeds['keyOrder']!, Number),
  };
}

describe('the order of the keys', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('is another at each step, with every picture once', () => {
    const [first, second] = [drawn(1).order, drawn(2).order];
    expect(first).not.toEqual(second);
    expect(first.toSorted((a, b) => a - b)).toEqual(views.map((_, row) => row));
  });

  it('is undone after the encoder', () => {
    const { input } = drawn(1);
    const doubled = shuffled(tf.tensor2d(views), splits, input, (rows) =>
      tf.mul<tf.Tensor2D>(rows, 2),
    );
    expect(doubled.arraySync()).toEqual(views.map((row) => row.map((value) => 2 * value)));
  });

  it('decides with which others a key is normalised', () => {
    const { input, order } = drawn(1);
    const weights = {
      'n.weight': tf.ones([2]),
      'n.bias': tf.zeros([2]),
      'n.running_mean': tf.zeros([2]),
      'n.running_var': tf.ones([2]),
    };
    const keys = shuffled(tf.tensor2d(views), splits, input, (rows) =>
      batchNorm(rows as tf.Tensor2D, 'n', weights, statisticUpdates(splits)),
    ).arraySync();
    for (let split = 0; split < splits; split += 1) {
      const together = order.filter((_, place) => place % splits === split);
      for (const feature of [0, 1]) {
        const values = together.map((row) => views[row]![feature]!);
        const mean = values.reduce((a, b) => a + b) / values.length;
        const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
        for (const [at, row] of together.entries()) {
          const expected = (values[at]! - mean) / Math.sqrt(variance + 1e-5);
          expect(keys[row]![feature]).toBeCloseTo(expected, 4);
        }
      }
    }
  });

  it('is left as it is without splits', () => {
    expect(shuffleInputs(batch, 1)).toEqual([]);
    const random = seedRandom(1);
    const before = random.state();
    expect(shuffleFeeds(batch, 1, random)).toEqual({});
    expect(random.state()).toEqual(before);
  });
});
