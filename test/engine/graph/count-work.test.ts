import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { countWork } from '../../../src-main/engine/graph/count-work.ts';

it('counts multiplications, and of what depends on an input also the results', () => {
  const float = (name: string, shape: readonly number[]) =>
    ({ name, shape, dtype: 'float' }) as const;
  const work = countWork(
    {
      name: 'work',
      inputs: [float('x', [2, 8, 8, 3]), float('first', [3, 3, 3, 4]), float('last', [4, 5])],
      build: ({ x, first, last }) => {
        const y = tf.conv2d(x as tf.Tensor4D, first as tf.Tensor4D, 1, 'same');
        const rows = tf.reshape<tf.Rank.R2>(y, [128, 4]);
        return { z: tf.relu(tf.matMul(rows, last as tf.Tensor2D)) };
      },
    },
    new Set(['last']),
  );
  // 2 · 8 · 8 pixels by 3 · 3 · 3 taps to 4 channels; then 4 products for each of 128 · 5 numbers, and relu.
  const [convolution, product, relu] = [128 * 27 * 4, 128 * 5 * 4, 128 * 5];
  expect(work).toEqual({
    multiplications: convolution + product + relu,
    dependent: product + relu,
    kept: 2 * 128 * 5,
  });
});
