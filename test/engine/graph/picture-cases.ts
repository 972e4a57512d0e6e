import * as tf from '@tensorflow/tfjs';
import type { KernelCase } from './compare-devices.ts';

type T = tf.Tensor;
const images = [2, 7, 6, 3];

function convolving(kind: 'conv2d' | 'depthwiseConv2d') {
  return (
    name: string,
    filter: number[],
    stride: number,
    pad: Parameters<typeof tf.conv2d>[3],
  ): KernelCase => ({
    name: `${kind} ${name}`,
    shapes: [images, filter],
    build: (x, w) => tf[kind](x as tf.Tensor4D, w as tf.Tensor4D, stride, pad),
  });
}

const convolution = convolving('conv2d');
const depthwise = convolving('depthwiseConv2d');

function onImages(name: string, build: (x: tf.Tensor4D) => T | T[]): KernelCase {
  return { name, shapes: [images], build: (x) => build(x as tf.Tensor4D), hasGradient: false };
}

/** Square, because tfjs's cpu backend exchanges height and width in the gradient of resizing. */
function onSquares(name: string, build: (x: tf.Tensor4D) => T): KernelCase {
  return { name, shapes: [[2, 6, 6, 3]], build: (x) => build(x as tf.Tensor4D) };
}

/** y = (x − mean) / sqrt(variance + 1e-5) by the batch's own statistics. */
function normalised(x: T): T {
  const mean = tf.mean(x, [0, 1, 2]);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), [0, 1, 2]);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
}

const boxes = (): tf.Tensor2D =>
  tf.tensor2d([
    [0, 0, 1, 1],
    [0.1, 0.2, 0.8, 0.7],
    [-0.2, 0.3, 1.1, 1.3],
    [0.2, 0.9, 0.7, 0.1],
  ]);

export const pictureCases: KernelCase[] = [
  convolution('3x3 same', [3, 3, 3, 4], 1, 'same'),
  convolution('3x3 valid', [3, 3, 3, 4], 1, 'valid'),
  convolution('3x3 explicit', [3, 3, 3, 4], 1, 1),
  convolution('3x3 stride 2 same', [3, 3, 3, 4], 2, 'same'),
  convolution('3x3 stride 2 valid', [3, 3, 3, 4], 2, 'valid'),
  convolution('3x3 stride 2 explicit', [3, 3, 3, 4], 2, 1),
  convolution('uneven explicit', [2, 3, 3, 4], 1, [
    [0, 0],
    [1, 0],
    [2, 1],
    [0, 0],
  ]),
  convolution('1x1', [1, 1, 3, 5], 1, 'same'),
  convolution('1x1 stride 2', [1, 1, 3, 5], 2, 0),
  {
    name: 'conv2d dilated',
    shapes: [images, [3, 3, 3, 2]],
    hasGradient: false,
    build: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', 2),
  },
  depthwise('3x3 same', [3, 3, 3, 1], 1, 'same'),
  depthwise('5x5 same, two filters a channel', [5, 5, 3, 2], 1, 'same'),
  depthwise('3x3 valid', [3, 3, 3, 2], 1, 'valid'),
  depthwise('3x3 stride 2 same', [3, 3, 3, 2], 2, 'same'),
  depthwise('2x3 stride 2 valid, unseen rows', [2, 3, 3, 1], 2, 'valid'),
  depthwise('uneven explicit', [3, 2, 3, 2], 1, [
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ]),
  {
    name: 'linear fused depthwiseConv2d with its gradient',
    shapes: [images, [3, 3, 3, 1], [3]],
    build: (x, filter, bias) =>
      tf.fused.depthwiseConv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
        activation: 'relu6',
      }),
  },
  {
    name: 'fused conv2d',
    shapes: [images, [3, 3, 3, 4], [4]],
    hasGradient: false,
    build: (x, filter, bias) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
        activation: 'relu6',
      }),
  },
  {
    name: 'fused depthwiseConv2d',
    shapes: [images, [3, 3, 3, 1], [3]],
    hasGradient: false,
    build: (x, filter, bias) =>
      tf.fused.depthwiseConv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias,
        activation: 'relu',
      }),
  },
  {
    name: 'fused matMul',
    shapes: [[2, 3], [3, 4], [4]],
    hasGradient: false,
    build: (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'elu' }),
  },
  {
    name: 'convolution, norm, relu, mean',
    shapes: [images, [3, 3, 3, 4], [4], [4]],
    build: (x, w, gamma, beta) => {
      const y = normalised(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 1));
      return tf.mean(tf.relu(tf.add(tf.mul(y, gamma), beta)), [1, 2]);
    },
  },
  {
    name: 'layouts mixed',
    shapes: [images, [1, 1, 3, 3], [7, 1, 1]],
    build: (x, w, rows) => {
      const y = tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same');
      const sum = tf.add(tf.add(y, x), rows);
      const joined = tf.concat([sum, x], 3);
      const padded = tf.pad(joined, [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ]);
      return [
        tf.slice(padded, [0, 1, 0, 2], [2, 6, 5, 3]),
        tf.transpose(y, [0, 3, 1, 2]),
        tf.transpose(y, [1, 2, 3, 0]),
        tf.sum(y, [0, 1]),
        tf.max(y, 3),
        tf.max(y, [1, 2], true),
        tf.reshape(y, [2, -1]),
        tf.reverse(y, 2),
      ];
    },
  },
  onImages('maxPool', (x) => [tf.maxPool(x, 3, 2, 'same'), tf.maxPool(x, 2, 2, 'valid')]),
  onImages('avgPool', (x) => [tf.avgPool(x, 3, 2, 'same'), tf.avgPool(x, 2, 1, 'valid')]),
  ...(['same', 'valid', 1] as const).map((pad) =>
    onSquares(`maxPool ${pad} with its gradient`, (x) => tf.maxPool(x, 3, 2, pad)),
  ),
  onSquares('overlapping maxPool with its gradient', (x) => tf.maxPool(x, [3, 2], 1, 'same')),
  // With padding tfjs's own gradient divides by the whole window, which its forward pass does not; those
  // gradients are compared with finite differences in onnx-operators.test.ts.
  onSquares('avgPool with its gradient', (x) => tf.avgPool(x, 3, 2, 'valid')),
  onSquares('overlapping avgPool with its gradient', (x) => tf.avgPool(x, [3, 2], 1, 'valid')),
  onSquares('resizeBilinear', (x) => tf.image.resizeBilinear(x, [4, 9])),
  onSquares('resizeBilinear aligned', (x) => tf.image.resizeBilinear(x, [9, 4], true)),
  onImages('resizeBilinear by centres', (x) => tf.image.resizeBilinear(x, [4, 9], false, true)),
  onSquares('resizeNearest', (x) => tf.image.resizeNearestNeighbor(x, [4, 9])),
  onImages('resizeNearest by centres', (x) =>
    tf.image.resizeNearestNeighbor(x, [9, 3], false, true),
  ),
  onImages('cropAndResize', (x) =>
    tf.image.cropAndResize(
      x,
      boxes(),
      tf.tensor1d([0, 1, 1, 0], 'int32'),
      [5, 4],
      'bilinear',
      0.25,
    ),
  ),
  onImages('cropAndResize to one pixel', (x) =>
    tf.image.cropAndResize(x, boxes(), tf.tensor1d([0, 1, 1, 0], 'int32'), [1, 1]),
  ),
  {
    name: 'batchNorm',
    shapes: [images, [3], [3], [3]],
    hasGradient: false,
    build: (x, mean, offset, scale) =>
      tf.batchNorm(x, mean, tf.tensor1d([0.5, 1, 2]), offset, scale, 1e-3),
  },
];
