import * as tf from '@tensorflow/tfjs';
import {
  axisOf,
  decimal,
  input,
  knownNumbers,
  settingAt,
  text,
  unsupported,
  whole,
} from './operator-call.ts';
import type { Operator, OperatorCall, OperatorTable } from './operator-call.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const unary =
  (compute: Unary): Operator =>
  (call) =>
    compute(input(call, 0));

const binary =
  (compute: Binary): Operator =>
  (call) =>
    compute(input(call, 0), input(call, 1));

/** For operations whose gradient in TensorFlow.js does not sum over broadcast axes. */
const ofOneShape =
  (compute: Binary): Binary =>
  (a, b) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    return compute(spread(a, shape), spread(b, shape));
  };

function spread(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (x.shape.join() === shape.join()) return x;
  const ones = new Array<number>(shape.length - x.rank).fill(1);
  return tf.broadcastTo(tf.reshape(x, [...ones, ...x.shape]), shape);
}

/** Powers that networks use have a gradient at 0 and below, which the general one has not. */
const powers: ReadonlyMap<number, Unary> = new Map<number, Unary>([
  [1, (x) => x],
  [2, (x) => tf.square(x)],
  [3, (x) => tf.mul(tf.square(x), x)],
  [0.5, (x) => tf.sqrt(x)],
  [-0.5, (x) => tf.rsqrt(x)],
]);

function power(call: OperatorCall): tf.Tensor {
  const [base, exponent] = [input(call, 0), input(call, 1)];
  const [known] = exponent.size === 1 ? (knownNumbers(exponent) ?? []) : [];
  const compute = known === undefined ? undefined : powers.get(known);
  return compute ? compute(base) : tf.pow(base, exponent);
}

function clip(call: OperatorCall): tf.Tensor {
  const [lowest = -3.4e38] = settingAt(call, 1) ?? [decimal(call, 'min', -3.4e38)];
  const [highest = 3.4e38] = settingAt(call, 2) ?? [decimal(call, 'max', 3.4e38)];
  return tf.clipByValue(input(call, 0), lowest, highest);
}

function hardSigmoid(x: tf.Tensor, slope: number, offset: number): tf.Tensor {
  return tf.clipByValue(tf.add(tf.mul(x, slope), offset), 0, 1);
}

function gelu(x: tf.Tensor, isTanh: boolean): tf.Tensor {
  const inner = isTanh
    ? tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI)))
    : tf.erf(tf.mul(x, Math.SQRT1_2));
  return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
}

/** TensorFlow.js's types by the numbers of onnx.proto3. */
const castTypes: Readonly<Record<number, 'float32' | 'int32' | 'bool'>> = {
  ...Object.fromEntries([1, 10, 11, 16].map((code) => [code, 'float32' as const])),
  ...Object.fromEntries([2, 3, 4, 5, 6, 7, 12, 13].map((code) => [code, 'int32' as const])),
  9: 'bool',
};

function cast(call: OperatorCall): tf.Tensor {
  const type = castTypes[whole(call, 'to', 0)];
  if (!type) throw unsupported(call, 'casts to a type that has no numbers');
  return tf.cast(input(call, 0), type);
}

/** Softmax along an axis; before opset 13 it is over all axes from that one on. */
function softmax(compute: Unary): Operator {
  return (call) => {
    const x = input(call, 0);
    const axis = axisOf(whole(call, 'axis', call.opset < 13 ? 1 : -1), x.rank);
    if (axis === x.rank - 1) return compute(x);
    if (call.opset < 13) {
      const rows = x.shape.slice(0, axis).reduce((product, side) => product * side, 1);
      return tf.reshape(compute(tf.reshape(x, [rows, -1])), x.shape);
    }
    const order = [...x.shape.keys()];
    [order[axis], order[x.rank - 1]] = [x.rank - 1, axis];
    return tf.transpose(compute(tf.transpose(x, order)), order);
  };
}

const operandsOf = (call: OperatorCall): tf.Tensor[] =>
  call.inputs.map((_, index) => input(call, index));

/** Operators that compute each element by itself, and softmax. */
export const elementwiseOperators: OperatorTable = {
  Abs: unary(tf.abs),
  Ceil: unary(tf.ceil),
  Cos: unary(tf.cos),
  Erf: unary(tf.erf),
  Exp: unary(tf.exp),
  Floor: unary(tf.floor),
  Log: unary(tf.log),
  Neg: unary(tf.neg),
  Not: unary(tf.logicalNot),
  Reciprocal: unary(tf.reciprocal),
  Relu: unary(tf.relu),
  Round: unary(tf.round),
  Sigmoid: unary(tf.sigmoid),
  Sin: unary(tf.sin),
  Softplus: unary(tf.softplus),
  Sqrt: unary(tf.sqrt),
  Tanh: unary(tf.tanh),
  Mish: unary((x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  Elu: (call) => {
    const alpha = decimal(call, 'alpha', 1);
    if (alpha !== 1) throw unsupported(call, `has the slope ${alpha}`);
    return tf.elu(input(call, 0));
  },
  LeakyRelu: (call) => tf.leakyRelu(input(call, 0), decimal(call, 'alpha', 0.01)),
  HardSigmoid: (call) =>
    hardSigmoid(input(call, 0), decimal(call, 'alpha', 0.2), decimal(call, 'beta', 0.5)),
  HardSwish: unary((x) => tf.mul(x, hardSigmoid(x, 1 / 6, 0.5))),
  Gelu: (call) => gelu(input(call, 0), text(call, 'approximate', 'none') === 'tanh'),
  Clip: clip,
  Cast: cast,
  CastLike: (call) => tf.cast(input(call, 0), input(call, 1).dtype),
  Add: binary(tf.add),
  Sub: binary(tf.sub),
  Mul: binary(tf.mul),
  Div: binary(tf.div),
  Pow: power,
  PRelu: binary((x, slope) => tf.add(tf.relu(x), tf.mul(slope, tf.sub(x, tf.relu(x))))),
  Mod: binary(tf.mod),
  Equal: binary(tf.equal),
  Greater: binary(tf.greater),
  GreaterOrEqual: binary(tf.greaterEqual),
  Less: binary(tf.less),
  LessOrEqual: binary(tf.lessEqual),
  And: binary(tf.logicalAnd),
  Or: binary(tf.logicalOr),
  Where: (call) => tf.where(input(call, 0), input(call, 1), input(call, 2)),
  Sum: (call) => operandsOf(call).reduce((sum, term) => tf.add(sum, term)),
  Max: (call) => operandsOf(call).reduce(ofOneShape(tf.maximum)),
  Min: (call) => operandsOf(call).reduce(ofOneShape(tf.minimum)),
  Identity: unary((x) => x),
  Dropout: unary((x) => x),
  Softmax: softmax((x) => tf.softmax(x)),
  LogSoftmax: softmax((x) => tf.logSoftmax(x)),
};
