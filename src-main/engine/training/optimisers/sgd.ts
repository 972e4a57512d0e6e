import * as tf from '@tensorflow/tfjs';
import type { Optimiser } from './optimiser.ts';
import { namedTensor } from './optimiser.ts';
import type { WeightDecay } from './weight-decay.ts';
import { decayedGradient } from './weight-decay.ts';

/** How much of the last move is kept, and whether the gradient is taken ahead of it. */
export interface MomentumSettings {
  /** 0 to below 1. */
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * torch.optim.SGD: v <- momentum v + g with g the gradient and its weight decay, then
 * w <- w - rate v, or with Nesterov's momentum w <- w - rate (g + momentum v).
 */
export function sgd({ momentum, nesterov }: MomentumSettings, decay: WeightDecay): Optimiser {
  return {
    slotNames: ['momentum'],
    rateNames: ['learningRate'],
    rates: (learningRate) => ({ learningRate }),
    move: ({ weights, gradient, slots, rates }) => {
      const decayed = decayedGradient(weights, gradient, decay);
      const kept = tf.add<tf.Tensor1D>(tf.mul(namedTensor(slots, 'momentum'), momentum), decayed);
      const direction = nesterov ? tf.add(decayed, tf.mul(kept, momentum)) : kept;
      const step = tf.mul(direction, namedTensor(rates, 'learningRate'));
      return { weights: tf.sub(weights, step), slots: { momentum: kept } };
    },
  };
}
