import { describe, expect, test } from 'vitest';
import { belowUntrainedWords } from '../../src-main/contract/untrained-start.ts';

const knn = (...values: readonly (readonly [number, number])[]) => ({
  epochMetrics: values.map(([epoch, value]) => ({ epoch, name: 'knn', value })),
});
const network = { encoder: 'resnet8' };

describe('a training that ends below where it began', () => {
  test('is said with the accuracy of the untrained encoder', () => {
    const history = knn([0, 0.284], [5, 0.3], [9, 0.21]);
    expect(belowUntrainedWords(network, history)).toBe('below the untrained encoder’s 28.4\u00a0%');
  });

  test('of a head or an adapter says what was there before the training', () => {
    const words = belowUntrainedWords({ encoder: 'adapter' }, knn([0, 0.7], [3, 0.6]));
    expect(words).toBe('below the 70.0\u00a0% before the training');
  });

  test.each([
    ['above', knn([0, 0.284], [9, 0.285])],
    ['equal', knn([0, 0.284], [9, 0.284])],
    ['without the first', knn([5, 0.3], [9, 0.2])],
    ['without an epoch after it', knn([0, 0.284])],
    ['without labels', { epochMetrics: [] }],
  ])('is not said where it is %s', (_, history) => {
    expect(belowUntrainedWords(network, history)).toBe('');
  });
});
