import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { PairUse } from '../../../src-main/contract/pair-use.ts';
import { withKnownColumns } from '../../../src-main/engine/losses/known-columns.ts';
import { sharesLabel } from '../../../src-main/engine/losses/shared-labels.ts';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

/** One anchor and four columns: itself, one by verdict, one by verdict and label, one by label. */
const byVerdict = [false, true, true, false];
const byLabel = [false, false, true, true];

function known(verdicts: PairUse, labels: PairUse) {
  return tf.tidy(() => {
    const found = withKnownColumns(
      {
        similarity: tf.tensor2d([[1, 0.5, 0.25, 0]]),
        positiveSimilarity: tf.tensor2d([[0.9]]),
        isNegative: tf.tensor2d([[false, true, true, true]], undefined, 'bool'),
        negatives: tf.tensor2d([[3]]),
      },
      [
        { use: verdicts, isSame: tf.tensor2d([byVerdict], undefined, 'bool') },
        { use: labels, isSame: tf.tensor2d([byLabel], undefined, 'bool') },
      ],
    );
    const mask = (tensor: tf.Tensor | undefined) => tensor && [...tensor.dataSync()].join('');
    return {
      negative: mask(found.isNegative),
      positive: mask(found.isPositive),
      count: found.negatives.dataSync()[0],
    };
  });
}

it.each<[PairUse, PairUse, string, string | undefined, number]>([
  ['ignore', 'ignore', '0111', undefined, 3],
  ['mask', 'ignore', '0001', undefined, 1],
  ['ignore', 'mask', '0100', undefined, 1],
  ['mask', 'mask', '0000', undefined, 1],
  ['attract', 'ignore', '0001', '0110', 1],
  ['attract', 'mask', '0000', '0110', 1],
  ['positive', 'ignore', '0111', '0110', 3],
  ['ignore', 'positive', '0111', '0011', 3],
  ['positive', 'positive', '0111', '0111', 3],
  ['mask', 'positive', '0011', '0011', 2],
  ['positive', 'mask', '0110', '0110', 2],
])(
  'verdicts %s and labels %s: negatives %s, positives %s, %i counted',
  (verdicts, labels, negative, positive, count) => {
    expect(known(verdicts, labels)).toEqual({ negative, positive, count });
  },
);

it('shares a label where any of one picture’s is any of the other’s, and none with none', () => {
  const shared = tf.tidy(() => {
    const slot = (values: number[]) => tf.tensor1d(values, 'int32');
    // Pictures with the labels {0}, {1, 0}, {2}, none and {1}.
    const [first, second] = [slot([0, 1, 2, -1, 1]), slot([-1, 0, -1, -1, -1])];
    const isShared = sharesLabel([
      { rows: first, columns: first },
      { rows: second, columns: second },
    ]);
    return isShared.arraySync() as number[][];
  });
  expect(shared).toEqual([
    [1, 1, 0, 0, 0],
    [1, 1, 0, 0, 1],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 1, 0, 0, 1],
  ]);
});
