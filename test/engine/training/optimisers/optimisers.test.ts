import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WeightSpec } from '../../../../src-main/engine/networks/weights.ts';
import { adam } from '../../../../src-main/engine/training/optimisers/adam.ts';
import { lars } from '../../../../src-main/engine/training/optimisers/lars.ts';
import type {
  Optimiser,
  OptimiserSlots,
} from '../../../../src-main/engine/training/optimisers/optimiser.ts';
import { sgd } from '../../../../src-main/engine/training/optimisers/sgd.ts';
import { weightSegments } from '../../../../src-main/engine/training/optimisers/weight-decay.ts';
import { seedRandom } from '../../../../src-main/engine/numeric/random.ts';
import { naiveAdam, naiveLars, naiveSgd } from './naive-optimisers.ts';
import type { NaiveSettings, NaiveTensor } from './naive-optimisers.ts';

const spec = (name: string, shape: number[], kind: WeightSpec['kind']): WeightSpec => ({
  name,
  shape,
  kind,
  start: { kind: 'constant', value: 0 },
});

/** A convolution, its batch norm with statistics between, a linear layer that is 0, and its bias. */
const specs = [
  spec('conv.weight', [1, 1, 2, 3], 'trainable'),
  spec('bn.weight', [3], 'trainable'),
  spec('bn.bias', [3], 'trainable'),
  spec('bn.running_mean', [3], 'statistic'),
  spec('out.weight', [2, 2], 'trainable'),
  spec('out.bias', [2], 'trainable'),
];
const lengths = [6, 3, 3, 4, 2];
const steps = 12;

function startTensors(): NaiveTensor[] {
  const random = seedRandom(6);
  return lengths.map((length, index) => ({
    values: Array.from({ length }, () => (index === 3 ? 0 : random.normal())),
    isNormOrBias: [1, 2, 4].includes(index),
  }));
}

function gradientsOf(step: number): number[][] {
  const random = seedRandom(100 + step);
  return lengths.map((length) => Array.from({ length }, () => random.normal()));
}

/** The weights after `steps` steps of the real optimiser. */
function moved(optimiser: Optimiser, learningRate: number): number[] {
  let weights = tf.tensor1d(startTensors().flatMap(({ values }) => values));
  let slots: OptimiserSlots = Object.fromEntries(
    optimiser.slotNames.map((name) => [name, tf.zeros<tf.Rank.R1>([weights.size])]),
  );
  for (let step = 1; step <= steps; step += 1) {
    const rates = Object.fromEntries(
      Object.entries(optimiser.rates(learningRate, step)).map(([name, rate]) => [
        name,
        tf.scalar(rate),
      ]),
    );
    expect(Object.keys(rates)).toEqual([...optimiser.rateNames]);
    const gradient = tf.tensor1d(gradientsOf(step).flat());
    ({ weights, slots } = optimiser.move({ weights, gradient, slots, rates }));
    expect(Object.keys(slots)).toEqual([...optimiser.slotNames]);
  }
  return [...weights.dataSync()];
}

function naivelyMoved(naive: typeof naiveAdam, settings: NaiveSettings): number[] {
  const tensors = startTensors();
  const move = naive(tensors, settings);
  for (let step = 1; step <= steps; step += 1) move(tensors, gradientsOf(step), step);
  return tensors.flatMap(({ values }) => values);
}

const settings = {
  learningRate: 0.05,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0.1,
  leavesOutNormAndBias: false,
};

const segments = weightSegments(specs);
const everything = { rate: 0.1, excluding: null };
const onlyMatrices = { rate: 0.1, excluding: segments };
const plain = { momentum: 0.9, nesterov: false };
const nesterov = { momentum: 0.9, nesterov: true };

describe('optimisers move weights step by step as their definitions do', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each<[string, Optimiser, typeof naiveAdam, Partial<NaiveSettings>]>([
    ['Adam', adam(everything), naiveAdam, {}],
    ['Adam without decay', adam({ rate: 0, excluding: null }), naiveAdam, { weightDecay: 0 }],
    [
      'Adam without decay of norms and biases',
      adam(onlyMatrices),
      naiveAdam,
      { leavesOutNormAndBias: true },
    ],
    ['SGD', sgd(plain, everything), naiveSgd, {}],
    ['SGD with Nesterov momentum', sgd(nesterov, everything), naiveSgd, { nesterov: true }],
    [
      'SGD without momentum',
      sgd({ momentum: 0, nesterov: false }, everything),
      naiveSgd,
      { momentum: 0 },
    ],
    [
      'SGD without decay of norms and biases',
      sgd(plain, onlyMatrices),
      naiveSgd,
      { leavesOutNormAndBias: true },
    ],
    ['LARS', lars(plain, onlyMatrices, segments), naiveLars, { leavesOutNormAndBias: true }],
    [
      'LARS with Nesterov momentum',
      lars(nesterov, onlyMatrices, segments),
      naiveLars,
      { leavesOutNormAndBias: true, nesterov: true },
    ],
    ['LARS that decays all', lars(plain, everything, segments), naiveLars, {}],
  ])('%s', (_name, optimiser, naive, change) => {
    const found = moved(optimiser, settings.learningRate);
    const expected = naivelyMoved(naive, { ...settings, ...change });
    for (const [element, value] of expected.entries()) expect(found[element]).toBeCloseTo(value, 5);
  });
});
