import * as tf from '@tensorflow/tfjs';
import { tensorValues } from '../../onnx/tensor-values.ts';
import {
  axisOf,
  input,
  settingAt,
  settingOf,
  text,
  unsupported,
  whole,
  wholes,
} from './operator-call.ts';
import type { OperatorCall, OperatorTable } from './operator-call.ts';
import { parts, slices, taken } from './part-operators.ts';
import { resize } from './resize-operator.ts';

function reshape(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const wanted = settingOf(call, 'shape', 1) ?? [];
  const keepsZero = whole(call, 'allowzero', 0) === 1;
  const shape = wanted.map((side, axis) =>
    side === 0 && !keepsZero ? (x.shape[axis] ?? 0) : side,
  );
  return tf.reshape(x, shape);
}

function transpose(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const order = wholes(call, 'perm');
  return tf.transpose(x, order.length === 0 ? [...x.shape.keys()].reverse() : order);
}

function flatten(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const axis = axisOf(whole(call, 'axis', 1), x.rank);
  const rows = x.shape.slice(0, axis).reduce((product, side) => product * side, 1);
  return tf.reshape(x, [rows, x.size / rows]);
}

function squeeze(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const axes = settingOf(call, 'axes', 1)?.map((axis) => axisOf(axis, x.rank));
  return tf.squeeze(x, axes && axes.length > 0 ? axes : undefined);
}

function unsqueeze(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const given = settingOf(call, 'axes', 1) ?? [];
  const axes = given.map((axis) => axisOf(axis, x.rank + given.length)).sort((a, b) => a - b);
  const shape = [...x.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  return tf.reshape(x, shape);
}

function concat(call: OperatorCall): tf.Tensor {
  const tensors = call.inputs.map((_, index) => input(call, index));
  return tf.concat(tensors, axisOf(whole(call, 'axis', 0), tensors[0]?.rank ?? 1));
}

function shapeOf(call: OperatorCall): tf.Tensor {
  const { shape, rank } = input(call, 0);
  const [start, end] = [whole(call, 'start', 0), whole(call, 'end', rank)];
  return tf.tensor1d(shape.slice(start, end), 'int32');
}

function constantOfShape(call: OperatorCall): tf.Tensor {
  const shape = settingAt(call, 0) ?? [];
  const value = call.node.attributes.get('value')?.t;
  if (!value) return tf.fill(shape, 0);
  const { values, type } = tensorValues(value);
  return tf.fill(shape, values[0] ?? 0, type);
}

/**
 * Copies along axes of length 1. Along that of the pictures the copies come from the pictures themselves, so
 * that an exported graph takes any number of them.
 */
function copied(call: OperatorCall, x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const ones = new Array<number>(shape.length - x.rank).fill(1);
  const ranked = tf.reshape(x, [...ones, ...x.shape]);
  const [pictures] = call.pictures.shape;
  const isOverPictures = ranked.shape[0] === 1 && shape[0] === pictures && x.dtype === 'float32';
  const spread = isOverPictures ? tf.add(ranked, zeroOfEach(call, shape.length)) : ranked;
  return spread.shape.join() === shape.join() ? spread : tf.broadcastTo(spread, [...shape]);
}

/** A zero for each picture, [n, 1, …]. */
function zeroOfEach({ pictures }: OperatorCall, rank: number): tf.Tensor {
  const [count] = pictures.shape;
  const first = tf.slice(pictures, [0, 0, 0, 0], [count, 1, 1, 1]);
  return tf.reshape(tf.mul(first, 0), [count, ...new Array<number>(rank - 1).fill(1)]);
}

function expand(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, settingAt(call, 1) ?? []);
  return copied(call, x, shape);
}

function tile(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const repeats = settingAt(call, 1) ?? [];
  const isCopy = repeats.every((count, axis) => count === 1 || x.shape[axis] === 1);
  if (isCopy)
    return copied(
      call,
      x,
      x.shape.map((side, axis) => side * (repeats[axis] ?? 1)),
    );
  return tf.tile(x, repeats);
}

function pad(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  if (text(call, 'mode', 'constant') !== 'constant') throw unsupported(call, 'repeats the picture');
  const amounts = settingOf(call, 'pads', 1) ?? [];
  if (amounts.every((amount) => amount === 0)) return x;
  if (amounts.some((amount) => amount < 0)) throw unsupported(call, 'cuts edges off');
  const half = amounts.length / 2;
  const axes = settingAt(call, 3)?.map((axis) => axisOf(axis, x.rank)) ?? [...x.shape.keys()];
  const edges = x.shape.map((_, axis): [number, number] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [amounts[at] ?? 0, amounts[at + half] ?? 0];
  });
  const [fill = 0] = settingAt(call, 2) ?? [];
  return tf.pad(x, edges, fill);
}

function range(call: OperatorCall): tf.Tensor {
  const [start = 0, end = 0, step = 1] = [0, 1, 2].map((index) => settingAt(call, index)?.[0]);
  return tf.range(start, end, step, input(call, 0).dtype as 'int32');
}

/** Operators that move elements, and the arithmetic of shapes. */
export const shapeOperators: OperatorTable = {
  Reshape: reshape,
  Transpose: transpose,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Shape: shapeOf,
  Size: (call) => tf.scalar(input(call, 0).size, 'int32'),
  ConstantOfShape: constantOfShape,
  Expand: expand,
  Tile: tile,
  Pad: pad,
  Range: range,
  Resize: resize,
  Slice: slices,
  Split: parts,
  Gather: taken,
};
