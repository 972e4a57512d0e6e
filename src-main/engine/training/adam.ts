import * as tf from '@tensorflow/tfjs';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Adam's slots for one flat vector of weights. */
export interface AdamSlots {
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
}

/** The two numbers that depend on the step and are computed outside the graph. */
export interface AdamRates {
  /** learning rate / (1 - beta1^step) */
  readonly stepSize: number;
  /** sqrt(1 - beta2^step) */
  readonly secondCorrection: number;
}

/** Bias correction of Adam (Kingma & Ba 2015) at a step, counted from 1. */
export function adamRates(learningRate: number, step: number): AdamRates {
  return {
    stepSize: learningRate / (1 - beta1 ** step),
    secondCorrection: Math.sqrt(1 - beta2 ** step),
  };
}

/** One step of torch.optim.Adam: betas 0.9 and 0.999, epsilon 1e-8, `weightDecay` as L2 in the gradient. */
export function adamStep(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  slots: AdamSlots,
  rates: { readonly stepSize: tf.Tensor; readonly secondCorrection: tf.Tensor },
  weightDecay: number,
): AdamSlots & { readonly weights: tf.Tensor1D } {
  const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, weightDecay));
  const firstMoment = tf.add(tf.mul(slots.firstMoment, beta1), tf.mul(decayed, 1 - beta1));
  const secondMoment = tf.add(
    tf.mul(slots.secondMoment, beta2),
    tf.mul(tf.square(decayed), 1 - beta2),
  );
  const divisor = tf.add(tf.div(tf.sqrt(secondMoment), rates.secondCorrection), epsilon);
  const moved = tf.sub(weights, tf.div(tf.mul(firstMoment, rates.stepSize), divisor));
  return {
    weights: moved as tf.Tensor1D,
    firstMoment: firstMoment as tf.Tensor1D,
    secondMoment: secondMoment as tf.Tensor1D,
  };
}
