import { util } from '@tensorflow/tfjs';
import type {
  ArgMaxAttrs,
  CumsumAttrs,
  LogSoftmaxAttrs,
  SumAttrs,
  TopKAttrs,
} from '@tensorflow/tfjs';
import { Arithmetic } from '../recorder/elementwise.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import { channelsFirstOrder, channelsLast, plain, withRank } from '../recorder/layout.ts';
import { elementCount, plainValue } from '../recorder/traced-value.ts';
import type { TracedType, TracedValue } from '../recorder/traced-value.ts';

interface Reduction {
  readonly operator: string;
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** Whether a channels-first value is in tfjs's order once these axes are dropped. */
function leavesOrder(axes: readonly number[]): boolean {
  const left = channelsFirstOrder.filter((axis) => !axes.includes(axis));
  return left.every((axis, index) => index === 0 || axis > (left[index - 1] ?? 0));
}

function without<T>(items: readonly T[], axes: readonly number[]): T[] {
  return items.filter((_, axis) => !axes.includes(axis));
}

/** Records a reduction in the layout of its operand; a sum counts copies that are not made yet. */
function reduce(graph: GraphRecorder, value: TracedValue, reduction: Reduction): TracedValue {
  const { operator, axes, keepDims } = reduction;
  if (axes.length === 0) return value;
  const ranked = withRank(graph, value, value.shape.length);
  const x = keepDims || leavesOrder(axes) ? ranked : channelsLast(graph, ranked);
  const held = x.channelsFirst ? axes.map((axis) => channelsFirstOrder.indexOf(axis as 0)) : axes;
  const name = graph.emit(operator, [x.name, graph.ints(held.toSorted((a, b) => a - b))], {
    keepdims: { int: keepDims ? 1 : 0 },
  });
  const ones = (dims: readonly number[]): number[] =>
    dims.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const result: TracedValue = {
    name,
    dtype: value.dtype,
    shape: keepDims ? ones(x.shape) : without(x.shape, axes),
    stored: keepDims ? ones(x.stored) : without(x.stored, axes),
    channelsFirst: keepDims && x.channelsFirst,
  };
  const copies = elementCount(axes.map((axis) => (x.shape[axis] ?? 1) / (x.stored[axis] ?? 1)));
  if (copies === 1 || operator !== 'ReduceSum') return result;
  const math = new Arithmetic(graph);
  return math.apply('Mul', result, graph.filled(copies, [], value.dtype));
}

function axesOf(call: KernelCall, x: TracedValue): number[] {
  const { axis, reductionIndices } = call.attributes as SumAttrs & {
    reductionIndices?: number | number[];
  };
  return util.parseAxisParam(reductionIndices ?? axis, [...x.shape]);
}

function as(graph: GraphRecorder, value: TracedValue, dtype: TracedType): TracedValue {
  return value.dtype === dtype ? value : { ...value, name: graph.cast(value.name, dtype), dtype };
}

function reduction(operator: string): TracedKernel {
  return (call) => {
    const x = input(call, 'x');
    const isMean = operator === 'ReduceMean';
    const ready = isMean ? as(call.graph, x, 'float32') : as(call.graph, x, summable(x.dtype));
    const { keepDims } = call.attributes as SumAttrs;
    return reduce(call.graph, ready, { operator, axes: axesOf(call, x), keepDims });
  };
}

function summable(dtype: TracedType): TracedType {
  return dtype === 'bool' ? 'int32' : dtype;
}

/** All and Any, as the minimum and maximum of the truth values as numbers. */
function logicalReduction(operator: string): TracedKernel {
  return (call) => {
    const { graph } = call;
    const x = input(call, 'x');
    const { keepDims } = call.attributes as SumAttrs;
    const numbers = as(graph, x, 'int32');
    return as(graph, reduce(graph, numbers, { operator, axes: axesOf(call, x), keepDims }), 'bool');
  };
}

function alongAxis(operator: string, axis: (call: KernelCall) => number): TracedKernel {
  return (call) => {
    const x = plain(call.graph, input(call, 'logits'));
    const name = call.graph.emit(operator, [x.name], { axis: { int: axis(call) } });
    return plainValue(name, x.shape, x.dtype);
  };
}

function argument(operator: string): TracedKernel {
  return (call) => {
    const { graph } = call;
    const x = plain(graph, input(call, 'x'));
    const [axis = 0] = util.parseAxisParam((call.attributes as ArgMaxAttrs).axis, [...x.shape]);
    const attributes = { axis: { int: axis }, keepdims: { int: 0 } };
    const name = graph.cast(graph.emit(operator, [x.name], attributes), 'int32');
    return plainValue(name, without(x.shape, [axis]), 'int32');
  };
}

const topK: TracedKernel = (call) => {
  const { graph } = call;
  const x = plain(graph, input(call, 'x'));
  const { k, sorted } = call.attributes as TopKAttrs;
  const attributes = { axis: { int: -1 }, sorted: { int: sorted ? 1 : 0 } };
  const [values = '', indices = ''] = graph.emitMany(
    'TopK',
    [x.name, graph.ints([k])],
    attributes,
    2,
  );
  const shape = [...x.shape.slice(0, -1), k];
  return [
    plainValue(values, shape, x.dtype),
    plainValue(graph.cast(indices, 'int32'), shape, 'int32'),
  ];
};

const cumulativeSum: TracedKernel = (call) => {
  const { graph } = call;
  const x = plain(graph, input(call, 'x'));
  const { axis, exclusive, reverse } = call.attributes as CumsumAttrs;
  const [along = 0] = util.parseAxisParam(axis, [...x.shape]);
  const name = graph.emit('CumSum', [x.name, graph.scalar(along, 'int32')], {
    exclusive: { int: exclusive ? 1 : 0 },
    reverse: { int: reverse ? 1 : 0 },
  });
  return plainValue(name, x.shape, x.dtype);
};

/** Kernels that reduce axes, or that compute along them. */
export const reductionKernels: KernelTable = {
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  All: logicalReduction('ReduceMin'),
  Any: logicalReduction('ReduceMax'),
  Softmax: alongAxis('Softmax', () => -1),
  LogSoftmax: alongAxis('LogSoftmax', (call) => (call.attributes as LogSoftmaxAttrs).axis),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  TopK: topK,
  Cumsum: cumulativeSum,
};
