import * as tf from '@tensorflow/tfjs';
import type { Optimiser } from './optimiser.ts';
import type { WeightSegment } from './weight-decay.ts';

/** The optimiser with the step of each weight multiplied by the rate of its segment. */
export function withLayerRates(
  optimiser: Optimiser,
  segments: readonly WeightSegment[],
): Optimiser {
  if (segments.every(({ rate }) => rate === 1)) return optimiser;
  return {
    ...optimiser,
    move: (input) => {
      const { weights, slots } = optimiser.move(input);
      const rates = tf.concat1d(segments.map(({ length, rate }) => tf.fill([length], rate)));
      const step = tf.mul<tf.Tensor1D>(tf.sub(weights, input.weights), rates);
      return { weights: tf.add(input.weights, step), slots };
    },
  };
}
