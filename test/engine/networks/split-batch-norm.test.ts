import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchNorm, statisticUpdates } from '../../../src-main/engine/networks/batch-norm.ts';

type Nested = number[] | number[][] | number[][][] | number[][][][];

/** One case of split_batch_norm.py, which NumPy computed. */
interface SplitCase {
  readonly splits: number;
  readonly x: Nested;
  readonly dy: Nested;
  readonly gamma: number[];
  readonly beta: number[];
  readonly runningMean: number[];
  readonly runningVariance: number[];
  readonly y: Nested;
  readonly dx: Nested;
  readonly dgamma: number[];
  readonly dbeta: number[];
  readonly nextMean: number[];
  readonly nextVariance: number[];
}

const file = join(import.meta.dirname, 'split-batch-norm.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as SplitCase[];
const tensor = (values: Nested): tf.Tensor => tf.tensor(values);

describe.each(cases)('batch norm in $splits splits', (numpy) => {
  beforeAll(() => tf.setBackend('cpu'));

  const statistics = () => ({
    'n.running_mean': tensor(numpy.runningMean),
    'n.running_var': tensor(numpy.runningVariance),
  });
  const normalised = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, splits = numpy.splits) => {
    const updates = statisticUpdates(splits);
    const weights = { 'n.weight': gamma, 'n.bias': beta, ...statistics() };
    return { y: batchNorm(x, 'n', weights, updates), moved: updates.moved };
  };
  const inputs = (): [tf.Tensor, tf.Tensor, tf.Tensor] => [
    tensor(numpy.x),
    tensor(numpy.gamma),
    tensor(numpy.beta),
  ];
  const expectClose = (found: tf.Tensor | undefined, expected: Nested): void => {
    const values = [...tensor(expected).dataSync()];
    const actual = [...found!.dataSync()];
    expect(actual).toHaveLength(values.length);
    for (const [at, value] of values.entries()) expect(actual[at]).toBeCloseTo(value, 4);
  };

  it('normalises each split by itself, as NumPy does', () => {
    const { y, moved } = normalised(...inputs());
    expect(y.shape).toEqual(tensor(numpy.x).shape);
    expectClose(y, numpy.y);
    expectClose(moved['n.running_mean'], numpy.nextMean);
    expectClose(moved['n.running_var'], numpy.nextVariance);
  });

  it('has the gradients that NumPy gives', () => {
    const gradients = tf.grads((x, gamma, beta) => normalised(x, gamma, beta).y);
    const [dx, dgamma, dbeta] = gradients(inputs(), tensor(numpy.dy));
    expectClose(dx, numpy.dx);
    expectClose(dgamma, numpy.dgamma);
    expectClose(dbeta, numpy.dbeta);
  });

  it('refuses splits that do not divide the batch', () => {
    expect(() => normalised(...inputs(), 5)).toThrow(/cannot be split into 5 equal parts/);
  });
});
