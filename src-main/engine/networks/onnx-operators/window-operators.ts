import * as tf from '@tensorflow/tfjs';
import { input, text, unsupported, whole, wholes } from './operator-call.ts';
import type { OperatorCall, OperatorTable } from './operator-call.ts';

type Pair = readonly [number, number];
type Explicit = Exclude<Parameters<typeof tf.conv2d>[3], string | number>;

/** A window that moves over pictures: sides, steps, and the pixels added at each edge. */
interface Window {
  readonly sides: Pair;
  readonly strides: [number, number];
  /** Top and bottom, left and right. */
  readonly edges: readonly [Pair, Pair];
}

/** ONNX's axes N, C, H, W as TensorFlow.js wants them; the tracer leaves out both ways. */
function channelsLast(x: tf.Tensor): tf.Tensor4D {
  return tf.transpose(x as tf.Tensor4D, [0, 2, 3, 1]);
}

function channelsFirst(x: tf.Tensor): tf.Tensor {
  return tf.transpose(x, [0, 3, 1, 2]);
}

function windowOf(call: OperatorCall, x: tf.Tensor, sides: readonly number[]): Window {
  if (x.rank !== 4 || sides.length !== 2) throw unsupported(call, `is over ${x.rank - 2} axes`);
  if (wholes(call, 'dilations').some((step) => step !== 1))
    throw unsupported(call, 'has dilations');
  const [down = 1, across = 1] = wholes(call, 'strides');
  const steps = [down, across];
  const edges = [0, 1].map((axis) => {
    const length = { of: x.shape[axis + 2] ?? 1, side: sides[axis] ?? 1, step: steps[axis] ?? 1 };
    return edgesOf(call, axis, length);
  }) as [Pair, Pair];
  return { sides: sides as unknown as Pair, strides: [down, across], edges };
}

interface Length {
  readonly of: number;
  readonly side: number;
  readonly step: number;
}

function edgesOf(call: OperatorCall, axis: number, { of: length, side, step }: Length): Pair {
  const mode = text(call, 'auto_pad', 'NOTSET');
  if (mode === 'VALID') return [0, 0];
  if (mode !== 'NOTSET') {
    const total = Math.max(0, (Math.ceil(length / step) - 1) * step + side - length);
    const less = Math.floor(total / 2);
    return mode === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  }
  const pads = wholes(call, 'pads');
  const [before, after] = [pads[axis] ?? 0, pads[axis + 2] ?? 0];
  if (whole(call, 'ceil_mode', 0) === 0) return [before, after];
  const room = length + before + after - side;
  // A last window may begin outside only before the padding after the picture.
  const reached = Math.ceil(room / step) * step;
  const isInside = reached < length + before;
  return [before, after + (isInside ? reached - room : 0)];
}

const explicit = ({ edges: [rows, columns] }: Window): Explicit => [
  [0, 0],
  [...rows],
  [...columns],
  [0, 0],
];

function convolution(call: OperatorCall): tf.Tensor {
  const [x, filter, bias] = [input(call, 0), input(call, 1), call.inputs[2]];
  const window = windowOf(call, x, filter.shape.slice(2));
  const groups = whole(call, 'group', 1);
  const y = convolved(channelsLast(x), filter as tf.Tensor4D, window, groups);
  return channelsFirst(bias ? tf.add(y, bias) : y);
}

function convolved(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  window: Window,
  groups: number,
): tf.Tensor4D {
  const { strides } = window;
  if (groups === 1) {
    const weights = tf.transpose(filter, [2, 3, 1, 0]);
    return tf.conv2d(x, weights, strides, explicit(window));
  }
  const [outputs, inputs, height, width] = filter.shape;
  if (inputs === 1) {
    const byChannel = tf.reshape<tf.Rank.R4>(filter, [groups, outputs / groups, height, width]);
    const weights = tf.transpose<tf.Tensor4D>(byChannel, [2, 3, 0, 1]);
    return tf.depthwiseConv2d(x, weights, strides, explicit(window));
  }
  const filters = tf.split<tf.Tensor4D>(filter, groups, 0);
  const parts = tf.split<tf.Tensor4D>(x, groups, 3).map((part, group) => {
    return convolved(part, filters[group] as tf.Tensor4D, window, 1);
  });
  return tf.concat(parts, 3);
}

function maxPool(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const window = windowOf(call, x, wholes(call, 'kernel_shape'));
  return channelsFirst(
    tf.maxPool(channelsLast(x), [...window.sides], window.strides, explicit(window)),
  );
}

function averagePool(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const window = windowOf(call, x, wholes(call, 'kernel_shape'));
  const { sides, strides } = window;
  const [height, width] = x.shape.slice(2);
  const isWhole =
    sides[0] === height && sides[1] === width && window.edges.flat().every((n) => n === 0);
  if (isWhole) return tf.mean(x, [2, 3], true);
  const last = channelsLast(x);
  if (whole(call, 'count_include_pad', 0) === 0) {
    return channelsFirst(tf.avgPool(last, [...sides], strides, explicit(window)));
  }
  if (whole(call, 'ceil_mode', 0) === 1) throw unsupported(call, 'counts padding and rounds up');
  return channelsFirst(
    tf.avgPool(tf.pad<tf.Tensor4D>(last, explicit(window)), [...sides], strides, 'valid'),
  );
}

/** Convolutions and pooling over windows of two axes. */
export const windowOperators: OperatorTable = {
  Conv: convolution,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: (call) => tf.mean(input(call, 0), [2, 3], true),
  GlobalMaxPool: (call) => tf.max(input(call, 0), [2, 3], true),
};
