import * as tf from '@tensorflow/tfjs';
import type { WeightSpec, Weights } from './weights.ts';
import { weightNamed } from './weights.ts';

const epsilon = 1e-5;
const momentum = 0.1;

/** The running statistics after a forward pass in training mode, by weight name. */
export type StatisticUpdates = Record<string, tf.Tensor>;

/** The weights and statistics of a batch norm layer over `channels` channels. */
export function batchNormSpecs(name: string, channels: number): WeightSpec[] {
  const spec = (part: string, kind: WeightSpec['kind'], value: number): WeightSpec => ({
    name: `${name}.${part}`,
    shape: [channels],
    kind,
    start: { kind: 'constant', value },
  });
  return [
    spec('weight', 'trainable', 1),
    spec('bias', 'trainable', 0),
    spec('running_mean', 'statistic', 0),
    spec('running_var', 'statistic', 1),
  ];
}

/**
 * Batch normalisation over the last axis (Ioffe & Szegedy 2015) as torch.nn.BatchNorm. With `updates`
 * (training mode) it uses the batch's statistics, and writes the new running statistics (momentum 0.1,
 * unbiased variance) into `updates`. Without it uses the running statistics.
 */
export function batchNorm<T extends tf.Tensor>(
  x: T,
  name: string,
  weights: Weights,
  updates?: StatisticUpdates,
): T {
  const gamma = weightNamed(weights, `${name}.weight`);
  const beta = weightNamed(weights, `${name}.bias`);
  const runningMean = weightNamed(weights, `${name}.running_mean`);
  const runningVariance = weightNamed(weights, `${name}.running_var`);
  if (!updates) return scaleAndShift(x, gamma, beta, runningMean, runningVariance);
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  const mean = tf.mean(x, axes);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), axes);
  updates[`${name}.running_mean`] = movedTowards(runningMean, mean);
  updates[`${name}.running_var`] = movedTowards(
    runningVariance,
    tf.mul(variance, count / (count - 1)),
  );
  return normalise(x, gamma, beta, mean, variance, axes, count);
}

/** The running statistic after the batch; tf.keep, because it must outlive the gradient's scope. */
function movedTowards(running: tf.Tensor, now: tf.Tensor): tf.Tensor {
  return tf.keep(tf.add(tf.mul(running, 1 - momentum), tf.mul(now, momentum)));
}

function scaleAndShift<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
): T {
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(mean, scale)));
}

/**
 * y = gamma (x - mean) / sqrt(variance + epsilon) + beta. Its gradient is written in closed form, with
 * mean and variance as functions of x: four passes over x, where tfjs would take a dozen.
 */
function normalise<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  axes: number[],
  count: number,
): T {
  const normalised = tf.customGrad((...args) => {
    const [input, gain, offset] = args as unknown as tf.Tensor[];
    const save = args[3] as unknown as tf.GradSaveFunc;
    if (!input || !gain || !offset) throw new Error('Batch norm takes three tensors.');
    const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
    save([input, gain, mean, inverseDeviation]);
    const scale = tf.mul(gain, inverseDeviation);
    const value = tf.add(tf.mul(input, scale), tf.sub(offset, tf.mul(mean, scale)));
    return { value, gradFunc: (dy, saved) => gradients(dy, saved, axes, count) };
  });
  return normalised(x, gamma, beta) as T;
}

/** With u the normalised x: dx = gamma s (dy - mean(dy) - u mean(dy u)), s = 1 / deviation. */
function gradients(
  dy: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  axes: number[],
  count: number,
): tf.Tensor[] {
  const [x, gamma, mean, inverseDeviation] = saved;
  if (!x || !gamma || !mean || !inverseDeviation || Array.isArray(dy)) {
    throw new Error('The gradient of batch norm has not the tensors that were saved for it.');
  }
  const sumDy = tf.sum(dy, axes);
  const sumDyX = tf.sum(tf.mul(dy, x), axes);
  const gammaGradient = tf.mul(tf.sub(sumDyX, tf.mul(mean, sumDy)), inverseDeviation);
  const scale = tf.mul(gamma, inverseDeviation);
  const ofX = tf.div(tf.mul(tf.mul(scale, inverseDeviation), gammaGradient), -count);
  const constant = tf.sub(tf.div(tf.mul(scale, sumDy), -count), tf.mul(ofX, mean));
  const xGradient = tf.add(tf.add(tf.mul(dy, scale), tf.mul(x, ofX)), constant);
  return [xGradient, gammaGradient, sumDy];
}
