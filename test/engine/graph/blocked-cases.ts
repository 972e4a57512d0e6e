import * as tf from '@tensorflow/tfjs';
import type { KernelCase } from './compare-devices.ts';

type Pad = 'same' | 'valid' | number;

/** A convolution of 2 pictures; its gradients by pictures and filter come with it. */
function convolution(
  name: string,
  [side, inChannels, outChannels]: readonly [number, number, number],
  [filterHeight, filterWidth, stride, pad]: readonly [number, number, number, Pad],
  pictures = 2,
): KernelCase {
  return {
    name,
    shapes: [
      [pictures, side, side, inChannels],
      [filterHeight, filterWidth, inChannels, outChannels],
    ],
    // Small numbers, so that sums of hundreds stay near one.
    values: (value) => value / 4,
    build: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  };
}

/** A depthwise convolution of 3 pictures with its gradients. */
function depthwise(
  name: string,
  [side, channels, multiplier]: readonly [number, number, number],
  [filterHeight, filterWidth, stride, pad]: readonly [number, number, number, Pad],
): KernelCase {
  return {
    name: `depthwise ${name}`,
    shapes: [
      [3, side, side, channels],
      [filterHeight, filterWidth, channels, multiplier],
    ],
    build: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  };
}

const pictures = [[2, 16, 16, 16]];

/** Pictures as a convolution leaves them, channels first. */
function moved(x: tf.Tensor | undefined): tf.Tensor {
  return tf.avgPool(x as tf.Tensor4D, 1, 1, 'valid');
}

/**
 * What is recorded in another way for the cpu: convolutions that fill the blocks of 8 or 16 channels of ONNX
 * Runtime's operators or miss them, and sums with a scale and a shift per channel.
 */
export const blockedCases: readonly KernelCase[] = [
  convolution('3 x 3', [6, 16, 32], [3, 3, 1, 'same']),
  convolution('3 x 3 of a large picture', [24, 16, 16], [3, 3, 1, 'same'], 1),
  convolution('2 x 3, valid, of a large picture', [24, 16, 16], [2, 3, 1, 'valid'], 1),
  convolution('3 x 3 of a small picture, more filters than pixels', [2, 16, 32], [3, 3, 1, 1]),
  convolution('3 x 3, stride 2, torch’s pads', [8, 16, 32], [3, 3, 2, 1]),
  convolution('3 x 3, stride 2, same', [8, 16, 32], [3, 3, 2, 'same']),
  convolution('3 x 3, stride 2, an odd side', [7, 16, 32], [3, 3, 2, 1]),
  convolution('4 x 4, stride 2, valid', [8, 16, 16], [4, 4, 2, 'valid']),
  convolution('5 x 3, stride 2', [12, 16, 16], [5, 3, 2, 'same']),
  convolution('7 x 7, stride 3', [12, 16, 16], [7, 7, 3, 'same']),
  convolution('1 x 1', [4, 32, 16], [1, 1, 1, 'valid']),
  convolution('1 x 1, stride 2', [8, 16, 32], [1, 1, 2, 'valid']),
  convolution('1 x 3', [6, 16, 16], [1, 3, 1, 'same']),
  convolution('3 x 1', [24, 16, 16], [3, 1, 1, 'same'], 1),
  convolution('pictures of 3 channels', [24, 3, 16], [3, 3, 1, 'same'], 1),
  convolution('pictures of 3 channels, stride 2', [8, 3, 16], [3, 3, 2, 'same']),
  convolution('channels in that fill no block', [6, 12, 16], [3, 3, 1, 'same']),
  convolution('channels out that fill no block', [6, 16, 12], [3, 3, 1, 'same']),
  convolution('patches', [8, 3, 16], [4, 4, 4, 'valid']),
  depthwise('3 x 3', [6, 16, 1], [3, 3, 1, 'same']),
  depthwise('5 x 3, valid', [7, 32, 1], [5, 3, 1, 'valid']),
  depthwise('5 x 5, stride 2, an odd side', [7, 16, 1], [5, 5, 2, 'same']),
  depthwise('3 x 3, stride 2', [8, 16, 1], [3, 3, 2, 'same']),
  depthwise('3 x 3, stride 2, torch’s pads', [8, 16, 1], [3, 3, 2, 1]),
  depthwise('3 x 3, stride 2, valid, a last row in no window', [8, 16, 1], [3, 3, 2, 'valid']),
  depthwise('2 x 2, stride 3', [8, 16, 1], [2, 2, 3, 'same']),
  depthwise('of channels that fill no block', [6, 12, 1], [3, 3, 1, 'same']),
  depthwise('with two channels out of each', [6, 16, 2], [3, 3, 1, 'same']),
  {
    name: 'colours as planes',
    shapes: [[2, 5, 6, 3]],
    build: (x) => [tf.transpose(x, [0, 1, 3, 2]), tf.transpose(x, [0, 3, 1, 2]), moved(x)],
  },
  {
    name: 'scale and shift of every channel',
    shapes: [...pictures, [16], [16]],
    build: (x, scale, shift) => tf.relu(tf.add(tf.mul(moved(x), scale), shift)),
  },
  {
    name: 'scale, shift and a sum, in other orders',
    shapes: [...pictures, [16], [16]],
    build: (x, scale, shift) => {
      const y = moved(x);
      const product = tf.mul(scale, y);
      const scaled = tf.add(tf.square(y), product);
      return [tf.add(shift, scaled), tf.add(tf.add(shift, product), y), product];
    },
  },
  {
    name: 'a sum of two scaled pictures',
    shapes: [...pictures, [16], [16]],
    build: (x, scale, other) => {
      const y = moved(x);
      const sum = tf.add(tf.mul(y, scale), tf.mul(tf.square(y), other));
      return tf.add(tf.add(tf.add(sum, scale), other), tf.add(sum, sum));
    },
  },
];

/** Half a batch of it is as much as one value may have; too slow for tfjs's own cpu backend. */
export const largeCase: KernelCase = {
  name: 'a filter gradient of two parts',
  shapes: [
    [2, 128, 128, 64],
    [11, 11, 64, 1],
  ],
  values: (value) => value / 64,
  build: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
};
