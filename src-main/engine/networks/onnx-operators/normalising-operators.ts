import * as tf from '@tensorflow/tfjs';
import { axisOf, decimal, input, settingOf, unsupported, whole } from './operator-call.ts';
import type { Operator, OperatorCall, OperatorTable } from './operator-call.ts';

/** Batch norm with its stored statistics: x · f + b, f = scale / sqrt(variance + ε). */
function batchNorm(call: OperatorCall): tf.Tensor {
  if (whole(call, 'training_mode', 0) === 1) {
    throw unsupported(
      call,
      'takes the statistics of the batch; export the network in evaluation mode',
    );
  }
  const [x, scale, shift, mean, variance] = [0, 1, 2, 3, 4].map((index) => input(call, index)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, decimal(call, 'epsilon', 1e-5))));
  const offset = tf.sub(shift, tf.mul(mean, factor));
  return tf.add(tf.mul(x, byChannel(factor, x)), byChannel(offset, x));
}

/** [C] as [C, 1, 1] against x [n, C, height, width]. */
function byChannel(values: tf.Tensor, { rank }: tf.Tensor): tf.Tensor {
  return tf.reshape(values, [values.size, ...new Array<number>(rank - 2).fill(1)]);
}

/** (x − mean) / sqrt(variance + ε) over axes. */
function standardised(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
}

function layerNorm(call: OperatorCall): tf.Tensor {
  const [x, scale, shift] = [input(call, 0), input(call, 1), call.inputs[2]];
  const first = axisOf(whole(call, 'axis', -1), x.rank);
  const axes = [...x.shape.keys()].slice(first);
  const scaled = tf.mul(standardised(x, axes, decimal(call, 'epsilon', 1e-5)), scale);
  return shift ? tf.add(scaled, shift) : scaled;
}

function instanceNorm(call: OperatorCall): tf.Tensor {
  const [x, scale, shift] = [input(call, 0), input(call, 1), input(call, 2)];
  const axes = [...x.shape.keys()].slice(2);
  const rows = standardised(x, axes, decimal(call, 'epsilon', 1e-5));
  return tf.add(tf.mul(rows, byChannel(scale, x)), byChannel(shift, x));
}

function lengthNorm(call: OperatorCall): tf.Tensor {
  const x = input(call, 0);
  const axis = axisOf(whole(call, 'axis', -1), x.rank);
  if (whole(call, 'p', 2) === 1) return tf.div(x, tf.sum(tf.abs(x), axis, true));
  return tf.div(x, tf.sqrt(tf.sum(tf.square(x), axis, true)));
}

type Reduce = (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor;

function reduction(reduce: Reduce): Operator {
  return (call) => {
    const x = input(call, 0);
    const wanted = settingOf(call, 'axes', 1) ?? [];
    if (wanted.length === 0 && whole(call, 'noop_with_empty_axes', 0) === 1) return x;
    const axes =
      wanted.length === 0 ? [...x.shape.keys()] : wanted.map((axis) => axisOf(axis, x.rank));
    return reduce(x, axes, whole(call, 'keepdims', 1) === 1);
  };
}

/** Operators that reduce axes, or that scale by what they reduce to. */
export const normalisingOperators: OperatorTable = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  InstanceNormalization: instanceNorm,
  LpNormalization: lengthNorm,
  ReduceMean: reduction((x, axes, keeps) => tf.mean(x, axes, keeps)),
  ReduceSum: reduction((x, axes, keeps) => tf.sum(x, axes, keeps)),
  ReduceMax: reduction((x, axes, keeps) => tf.max(x, axes, keeps)),
  ReduceMin: reduction((x, axes, keeps) => tf.min(x, axes, keeps)),
  ReduceProd: reduction((x, axes, keeps) => tf.prod(x, axes, keeps)),
  ReduceL2: reduction((x, axes, keeps) => tf.sqrt(tf.sum(tf.square(x), axes, keeps))),
  ReduceSumSquare: reduction((x, axes, keeps) => tf.sum(tf.square(x), axes, keeps)),
};
