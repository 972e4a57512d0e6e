import * as tf from '@tensorflow/tfjs';
import type { WeightSpec, Weights } from './weights.ts';
import { weightNamed } from './weights.ts';

const epsilon = 1e-5;
const momentum = 0.1;

/** A forward pass in training mode: how its statistics are taken, and the running ones after it. */
export interface StatisticUpdates {
  /** Into how many parts the batch is split, each with statistics of its own; divides the batch. */
  readonly splits: number;
  /** The running statistics after the pass, by weight name. */
  readonly moved: Record<string, tf.Tensor>;
}

/** The updates of a pass before its first layer. */
export function statisticUpdates(splits = 1): StatisticUpdates {
  return { splits, moved: {} };
}

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
 *
 * With several splits row i of the batch is in split i mod splits, and is normalised by the statistics
 * of that split; the running statistics move towards the splits' mean (SplitBatchNorm in the
 * single-device notebook of MoCo's authors).
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
  const { splits, moved } = updates;
  const parts = splits === 1 ? x : inSplits(x, splits);
  const axes = splits === 1 ? parts.shape.map((_, axis) => axis).slice(0, -1) : [0, 2];
  const count = axes.reduce((product, axis) => product * (parts.shape[axis] ?? 1), 1);
  const mean = tf.mean(parts, axes, splits > 1);
  const variance = tf.mean(tf.square(tf.sub(parts, mean)), axes, splits > 1);
  const unbiased = tf.mul(variance, count / (count - 1));
  moved[`${name}.running_mean`] = movedTowards(runningMean, overSplits(mean));
  moved[`${name}.running_var`] = movedTowards(runningVariance, overSplits(unbiased));
  const normalised = normalise(parts, gamma, beta, { mean, variance, axes, count });
  return (splits === 1 ? normalised : tf.reshape(normalised, x.shape)) as T;
}

/** The rows by their split, [B / splits, splits, positions, channels]. */
function inSplits(x: tf.Tensor, splits: number): tf.Tensor {
  const [rows = 0] = x.shape;
  if (rows % splits !== 0) {
    throw new Error(`A batch of ${rows} cannot be split into ${splits} equal parts.`);
  }
  return tf.reshape(x, [rows / splits, splits, -1, x.shape.at(-1) ?? 1]);
}

/** The mean over the splits, [channels]. */
function overSplits(statistic: tf.Tensor): tf.Tensor {
  return statistic.rank === 1 ? statistic : tf.mean(statistic, [0, 1, 2]);
}

/** What `normalise` divides by: statistics that broadcast to x, and what they were taken over. */
interface BatchStatistics {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  readonly axes: number[];
  /** How many values each is of. */
  readonly count: number;
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
function normalise(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  statistics: BatchStatistics,
): tf.Tensor {
  const { mean, variance } = statistics;
  const normalised = tf.customGrad((...args) => {
    const [input, gain, offset] = args as unknown as tf.Tensor[];
    const save = args[3] as unknown as tf.GradSaveFunc;
    if (!input || !gain || !offset) throw new Error('Batch norm takes three tensors.');
    const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
    save([input, gain, mean, inverseDeviation]);
    const scale = tf.mul(gain, inverseDeviation);
    const value = tf.add(tf.mul(input, scale), tf.sub(offset, tf.mul(mean, scale)));
    return { value, gradFunc: (dy, saved) => gradients(dy, saved, statistics) };
  });
  return normalised(x, gamma, beta);
}

/** With u the normalised x: dx = gamma s (dy - mean(dy) - u mean(dy u)), s = 1 / deviation. */
function gradients(
  dy: tf.Tensor | tf.Tensor[],
  saved: tf.Tensor[],
  { axes, count }: BatchStatistics,
): tf.Tensor[] {
  const [x, gamma, mean, inverseDeviation] = saved;
  if (!x || !gamma || !mean || !inverseDeviation || Array.isArray(dy)) {
    throw new Error('The gradient of batch norm has not the tensors that were saved for it.');
  }
  const isSplit = mean.rank > 1;
  const sumDy = tf.sum(dy, axes, isSplit);
  const sumDyX = tf.sum(tf.mul(dy, x), axes, isSplit);
  const gammaGradient = tf.mul(tf.sub(sumDyX, tf.mul(mean, sumDy)), inverseDeviation);
  const scale = tf.mul(gamma, inverseDeviation);
  const ofX = tf.div(tf.mul(tf.mul(scale, inverseDeviation), gammaGradient), -count);
  const constant = tf.sub(tf.div(tf.mul(scale, sumDy), -count), tf.mul(ofX, mean));
  const xGradient = tf.add(tf.add(tf.mul(dy, scale), tf.mul(x, ofX)), constant);
  if (!isSplit) return [xGradient, gammaGradient, sumDy];
  return [xGradient, tf.sum(gammaGradient, [0, 1, 2]), tf.sum(sumDy, [0, 1, 2])];
}
