import * as tf from '@tensorflow/tfjs';
import { axisOf, input, knownNumbers, settingOf, whole } from './operator-call.ts';
import type { OperatorCall } from './operator-call.ts';

/** ONNX's Slice: elements from starts to ends of some axes. */
export function slices(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const starts = settingOf(call, 'starts', 1) ?? [];
  const ends = settingOf(call, 'ends', 2) ?? [];
  const axes = settingOf(call, 'axes', 3) ?? [...starts.keys()];
  const steps = settingOf(call, 'steps', 4) ?? starts.map(() => 1);
  return axes.reduce((rest, axis, at) => {
    const bounds = { start: starts[at] ?? 0, end: ends[at] ?? 0, step: steps[at] ?? 1 };
    return alongAxis(rest, axisOf(axis, x.rank), bounds);
  }, x);
}

interface Bounds {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

function alongAxis(x: tf.Tensor, axis: number, { start, end, step }: Bounds): tf.Tensor {
  const length = x.shape[axis] ?? 0;
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const within = (bound: number): number =>
    Math.max(lowest, Math.min(highest, bound < 0 ? bound + length : bound));
  const [from, to] = [within(start), within(end)];
  if (step === 1) return piece(x, axis, from, Math.max(0, to - from));
  const count = Math.max(0, Math.ceil((to - from) / step));
  const rows = Array.from({ length: count }, (_, at) => from + at * step);
  return tf.gather(x, tf.tensor1d(rows, 'int32'), axis);
}

/** `count` elements of an axis. */
function piece(x: tf.Tensor, axis: number, from: number, count: number): tf.Tensor {
  if (from === 0 && count === x.shape[axis]) return x;
  const begin = x.shape.map((_, at) => (at === axis ? from : 0));
  return tf.slice(x, begin, x.shape.with(axis, count));
}

/** ONNX's Split: the parts of an axis, equal ones where no lengths are given. */
export function parts(call: OperatorCall): tf.Tensor[] {
  const x = input(call, 0);
  const axis = axisOf(whole(call, 'axis', 0), x.rank);
  const count = call.node.outputs.length;
  const length = x.shape[axis] ?? 0;
  const equal = Math.ceil(length / count);
  const lengths =
    settingOf(call, 'split', 1) ??
    Array.from({ length: count }, (_, at) => Math.min(equal, length - at * equal));
  let from = 0;
  return lengths.map((part) => {
    from += part;
    return piece(x, axis, from - part, part);
  });
}

/** ONNX's Gather. Neighbouring elements are cut out, whose gradient costs less. */
export function taken(call: OperatorCall): tf.Tensor {
  const [x, indices] = [input(call, 0), input(call, 1)];
  const axis = axisOf(whole(call, 'axis', 0), x.rank);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const known = knownNumbers(indices)?.map((index) => axisOf(index, x.shape[axis] ?? 0));
  const [first = 0] = known ?? [];
  if (known?.every((index, at) => index === first + at)) {
    return tf.reshape(piece(x, axis, first, known.length), shape);
  }
  const rows = known ? tf.tensor1d(known, 'int32') : tf.reshape<tf.Rank.R1>(indices, [-1]);
  return tf.reshape(tf.gather(x, rows, axis), shape);
}
