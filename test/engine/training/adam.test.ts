import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamRates, adamStep } from '../../../src-main/engine/training/adam.ts';
import { seedRandom } from '../../../src-main/engine/training/random.ts';

/** torch.optim.Adam for one number, in doubles. */
function naiveAdam(
  start: number,
  gradients: number[],
  learningRate: number,
  decay: number,
): number {
  let [weight, first, second] = [start, 0, 0];
  for (const [at, gradient] of gradients.entries()) {
    const step = at + 1;
    const decayed = gradient + decay * weight;
    first = 0.9 * first + 0.1 * decayed;
    second = 0.999 * second + 0.001 * decayed ** 2;
    const unbiased = Math.sqrt(second / (1 - 0.999 ** step)) + 1e-8;
    weight -= (learningRate * (first / (1 - 0.9 ** step))) / unbiased;
  }
  return weight;
}

describe('Adam', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('moves weights as torch does, with weight decay in the gradient', () => {
    const random = seedRandom(6);
    const [count, steps, learningRate, decay] = [5, 20, 0.01, 0.1];
    const start = Array.from({ length: count }, () => random.normal());
    const gradients = Array.from({ length: steps }, () =>
      Array.from({ length: count }, () => random.normal()),
    );
    let weights = tf.tensor1d(start);
    let slots = {
      firstMoment: tf.zeros<tf.Rank.R1>([count]),
      secondMoment: tf.zeros<tf.Rank.R1>([count]),
    };
    for (const [at, gradient] of gradients.entries()) {
      const { stepSize, secondCorrection } = adamRates(learningRate, at + 1);
      const rates = {
        stepSize: tf.scalar(stepSize),
        secondCorrection: tf.scalar(secondCorrection),
      };
      const next = adamStep(weights, tf.tensor1d(gradient), slots, rates, decay);
      weights = next.weights;
      slots = next;
    }
    const found = weights.dataSync();
    for (const [at, value] of start.entries()) {
      const expected = naiveAdam(
        value,
        gradients.map((row) => row[at]!),
        learningRate,
        decay,
      );
      expect(found[at]).toBeCloseTo(expected, 5);
    }
  });
});
