import * as tf from '@tensorflow/tfjs';
import type { Optimiser } from './optimiser.ts';
import { namedTensor } from './optimiser.ts';
import type { WeightDecay } from './weight-decay.ts';
import { decayedGradient } from './weight-decay.ts';

const beta2 = 0.999;
const epsilon = 1e-8;

/**
 * torch.optim.Adam (Kingma & Ba 2015): betas `beta1` and 0.999, epsilon 1e-8, weight decay as L2 in the
 * gradient. The bias corrections depend on the step only and are rates:
 * stepSize = learning rate / (1 - beta1^step), secondCorrection = sqrt(1 - beta2^step).
 */
export function adam(decay: WeightDecay, beta1 = 0.9): Optimiser {
  return {
    slotNames: ['firstMoment', 'secondMoment'],
    rateNames: ['stepSize', 'secondCorrection'],
    rates: (learningRate, step) => ({
      stepSize: learningRate / (1 - beta1 ** step),
      secondCorrection: Math.sqrt(1 - beta2 ** step),
    }),
    move: ({ weights, gradient, slots, rates }) => {
      const decayed = decayedGradient(weights, gradient, decay);
      const firstMoment = moved(namedTensor(slots, 'firstMoment'), decayed, beta1);
      const secondMoment = moved(namedTensor(slots, 'secondMoment'), tf.square(decayed), beta2);
      const deviation = tf.div(tf.sqrt(secondMoment), namedTensor(rates, 'secondCorrection'));
      const step = tf.div(
        tf.mul(firstMoment, namedTensor(rates, 'stepSize')),
        tf.add(deviation, epsilon),
      );
      return { weights: tf.sub(weights, step), slots: { firstMoment, secondMoment } };
    },
  };
}

/** The running mean after one more `value`: share · mean + (1 - share) · value. */
function moved(mean: tf.Tensor1D, value: tf.Tensor1D, share: number): tf.Tensor1D {
  return tf.add(tf.mul(mean, share), tf.mul(value, 1 - share));
}
