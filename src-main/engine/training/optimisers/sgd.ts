import * as tf from '@tensorflow/tfjs';
import type { Optimiser } from './optimiser.ts';
import { namedTensor } from './optimiser.ts';
import type { WeightDecay } from './weight-decay.ts';
import { decayedGradient } from './weight-decay.ts';

/** The momentum of SGD and LARS, and whether it is Nesterov's. */
export interface MomentumSettings {
  /** 0 to below 1. */
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * torch.optim.SGD: v <- momentum v + g, g being the gradient plus weight decay, then
 * w <- w - rate v, or with Nesterov's momentum w <- w - rate (g + momentum v).
 */
export function sgd({ momentum, nesterov }: MomentumSettings, decay: WeightDecay): Optimiser {
  return {
    slotNames: ['momentum'],
    rateNames: ['learningRate'],
    rates: (learningRate) => ({ learningRate }),
    move: ({ weights, gradient, slots, rates }) => {
      const decayed = decayedGradient(weights, gradient, decay);
      const old = tf.mul(namedTensor(slots, 'momentum'), momentum);
      const velocity = tf.add<tf.Tensor1D>(old, decayed);
      const direction = nesterov ? tf.add(decayed, tf.mul(velocity, momentum)) : velocity;
      const step = tf.mul(direction, namedTensor(rates, 'learningRate'));
      return { weights: tf.sub(weights, step), slots: { momentum: velocity } };
    },
  };
}
