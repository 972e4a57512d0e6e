import * as tf from '@tensorflow/tfjs';
import type { StatisticUpdates } from './batch-norm.ts';
import { batchNorm, batchNormSpecs } from './batch-norm.ts';
import { convolution, convolutionSpec } from './convolution.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** One residual block: two 3x3 convolutions and a shortcut. */
interface BlockPlan {
  readonly name: string;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly stride: number;
  readonly shortcut: 'identity' | 'convolution' | 'convolution-and-norm';
}

/** The layers of a resnet that ends in global average pooling. */
export interface ResnetPlan {
  readonly stemChannels: number;
  readonly blocks: readonly BlockPlan[];
  /** Length of h. */
  readonly features: number;
}

/**
 * resnet8: the CIFAR-ResNet of n = 1 with widths 32, 64, 128 and a plain 1x1 shortcut in every
 * block.
 */
export const resnet8: ResnetPlan = {
  stemChannels: 32,
  blocks: [
    { name: 'block1', channelsIn: 32, channelsOut: 32, stride: 1, shortcut: 'convolution' },
    { name: 'block2', channelsIn: 32, channelsOut: 64, stride: 2, shortcut: 'convolution' },
    { name: 'block3', channelsIn: 64, channelsOut: 128, stride: 2, shortcut: 'convolution' },
  ],
  features: 128,
};

function stage(number: number, channelsIn: number, channelsOut: number): BlockPlan[] {
  const stride = number === 1 ? 1 : 2;
  const changes = channelsIn !== channelsOut;
  return [
    {
      name: `layer${number}.0`,
      channelsIn,
      channelsOut,
      stride,
      shortcut: changes ? 'convolution-and-norm' : 'identity',
    },
    {
      name: `layer${number}.1`,
      channelsIn: channelsOut,
      channelsOut,
      stride: 1,
      shortcut: 'identity',
    },
  ];
}

/**
 * resnet18 (He 2016) with a 3x3 stem and without max-pool, as the papers use it for sides of 32 to
 * 64 pixels.
 */
export const resnet18: ResnetPlan = {
  stemChannels: 64,
  blocks: [...stage(1, 64, 64), ...stage(2, 64, 128), ...stage(3, 128, 256), ...stage(4, 256, 512)],
  features: 512,
};

/**
 * All weights of a resnet for pictures of `channels` channels, in the order in which they are
 * stored.
 */
export function resnetSpecs(plan: ResnetPlan, channels = 3): WeightSpec[] {
  return [
    convolutionSpec('stem.conv', 3, channels, plan.stemChannels),
    ...batchNormSpecs('stem.bn', plan.stemChannels),
    ...plan.blocks.flatMap(blockSpecs),
  ];
}

function blockSpecs(block: BlockPlan): WeightSpec[] {
  const { name, channelsIn, channelsOut, shortcut } = block;
  return [
    convolutionSpec(`${name}.conv1`, 3, channelsIn, channelsOut),
    ...batchNormSpecs(`${name}.bn1`, channelsOut),
    convolutionSpec(`${name}.conv2`, 3, channelsOut, channelsOut),
    ...batchNormSpecs(`${name}.bn2`, channelsOut),
    ...(shortcut === 'identity'
      ? []
      : [convolutionSpec(`${name}.shortcut`, 1, channelsIn, channelsOut)]),
    ...(shortcut === 'convolution-and-norm'
      ? batchNormSpecs(`${name}.shortcut.bn`, channelsOut)
      : []),
  ];
}

/**
 * Features h [n, plan.features] of normalised pictures [n, side, side, channels], by global average
 * pooling. With `updates` in training mode (see `batchNorm`), else in evaluation mode.
 */
export function resnetFeatures(
  plan: ResnetPlan,
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor2D {
  const x = resnetStem(images, weights, updates);
  return tf.mean(resnetBlocks(plan.blocks, x, weights, updates), [1, 2]);
}

/** What the first block takes of normalised pictures, [n, side, side, stemChannels]. */
export function resnetStem(
  images: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor4D {
  const x = convolution(images, 'stem.conv', weights, 1);
  return tf.relu(batchNorm(x, 'stem.bn', weights, updates));
}

/** Some blocks of a resnet, one after the other. */
export function resnetBlocks(
  blocks: ResnetPlan['blocks'],
  x: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor4D {
  return blocks.reduce((given, block) => residual(block, given, weights, updates), x);
}

function residual(
  block: BlockPlan,
  x: tf.Tensor4D,
  weights: Weights,
  updates?: StatisticUpdates,
): tf.Tensor4D {
  const { name, stride } = block;
  let y = convolution(x, `${name}.conv1`, weights, stride);
  y = tf.relu(batchNorm(y, `${name}.bn1`, weights, updates));
  y = convolution(y, `${name}.conv2`, weights, 1);
  y = batchNorm(y, `${name}.bn2`, weights, updates);
  if (block.shortcut === 'identity') return tf.relu(tf.add(y, x));
  const carried = convolution(x, `${name}.shortcut`, weights, stride);
  if (block.shortcut === 'convolution') return tf.relu(tf.add(y, carried));
  return tf.relu(tf.add(y, batchNorm(carried, `${name}.shortcut.bn`, weights, updates)));
}
