import { backend_util, slice_util, util } from '@tensorflow/tfjs';
import type {
  BroadCastToAttrs,
  ConcatAttrs,
  ExpandDimsAttrs,
  FillAttrs,
  MirrorPadAttrs,
  PackAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  ReverseAttrs,
  SliceAttrs,
  SplitVAttrs,
  StridedSliceAttrs,
  TileAttrs,
  TransposeAttrs,
  UnpackAttrs,
} from '@tensorflow/tfjs';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input, unsupported } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import {
  channelsFirstOrder,
  channelsLast,
  expanded,
  permuteToChannelsFirst,
  plain,
  plainChannelsFirst,
} from '../recorder/layout.ts';
import { asPlanes } from '../recorder/one-hot-taps.ts';
import { elementCount, plainValue, sameShape } from '../recorder/traced-value.ts';
import type { TracedType, TracedValue } from '../recorder/traced-value.ts';

function reshaped(graph: GraphRecorder, value: TracedValue, shape: readonly number[]): TracedValue {
  if (sameShape(value.shape, shape)) return value;
  if (value.stored.length === 0) return { ...value, shape };
  const x = plain(graph, value);
  const constant = x.constant ? { constant: x.constant } : {};
  return { ...plainValue(graph.reshape(x.name, x.shape, shape), shape, x.dtype), ...constant };
}

function reshape(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const { shape } = call.attributes as ReshapeAttrs;
  return reshaped(call.graph, x, util.inferFromImplicitShape(shape, elementCount(x.shape)));
}

function expandDims(call: KernelCall): TracedValue {
  const x = input(call, 'input');
  const { dim } = call.attributes as ExpandDimsAttrs;
  const shape = [...x.shape];
  shape.splice(dim < 0 ? x.shape.length + dim + 1 : dim, 0, 1);
  return reshaped(call.graph, x, shape);
}

function transpose(call: KernelCall): TracedValue {
  const { graph } = call;
  const { perm } = call.attributes as TransposeAttrs;
  const x = expanded(graph, input(call, 'x'));
  const shape = perm.map((axis) => x.shape[axis] ?? 1);
  const held = perm.map((axis) => (x.channelsFirst ? channelsFirstOrder.indexOf(axis as 0) : axis));
  const isIdentity = held.every((axis, index) => axis === index);
  const name = isIdentity
    ? x.name
    : (exchangedLast(graph, x, held) ??
      graph.emit('Transpose', [x.name], { perm: { ints: held } }));
  return plainValue(name, shape, x.dtype);
}

/** Pictures whose last two axes are exchanged; what has other ranks may hold infinities, as logits do. */
function exchangedLast(
  graph: GraphRecorder,
  { name, shape, dtype, channelsFirst: isFirst }: TracedValue,
  held: readonly number[],
): string | null {
  const last = shape.length - 1;
  const order = shape.map((_, axis) => (axis < last - 1 ? axis : 2 * last - 1 - axis));
  if (shape.length !== 4 || isFirst || dtype !== 'float32') return null;
  if (!order.every((axis, at) => axis === held[at])) return null;
  const [positions = 1, planes = 1] = shape.slice(-2);
  const outer = shape.slice(0, -2);
  const apart = asPlanes(graph, name, [elementCount(outer), positions, planes]);
  return apart === null ? null : graph.reshape(apart, [], [...outer, planes, positions]);
}

function concatenated(
  graph: GraphRecorder,
  parts: readonly TracedValue[],
  axis: number,
): TracedValue {
  const first = parts.some((part) => part.channelsFirst);
  const ready = parts.map((part) => (first ? plainChannelsFirst(graph, part) : plain(graph, part)));
  const shape = [...(ready[0]?.shape ?? [])];
  shape[axis] = ready.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  const along = first ? channelsFirstOrder.indexOf(axis as 0) : axis;
  const names = ready.map((part) => part.name);
  const name = graph.emit('Concat', names, { axis: { int: along } });
  const dtype = ready[0]?.dtype ?? 'float32';
  return { ...plainValue(name, shape, dtype), channelsFirst: first };
}

function concat(call: KernelCall): TracedValue {
  const parts = Object.values(call.inputs).filter((part) => elementCount(part.shape) > 0);
  const rank = parts[0]?.shape.length ?? 1;
  const [axis = 0] = util.parseAxisParam((call.attributes as ConcatAttrs).axis, [
    ...(parts[0]?.shape ?? [rank]),
  ]);
  return concatenated(call.graph, parts, axis);
}

function pack(call: KernelCall): TracedValue {
  const parts = Object.values(call.inputs);
  const { axis } = call.attributes as PackAttrs;
  const along = axis < 0 ? axis + (parts[0]?.shape.length ?? 0) + 1 : axis;
  const raised = parts.map((part) => {
    const shape = [...part.shape];
    shape.splice(along, 0, 1);
    return reshaped(call.graph, plain(call.graph, part), shape);
  });
  return concatenated(call.graph, raised, along);
}

/** Takes the elements begin, begin + step, … of every axis, in the layout of the value. */
function sliced(
  graph: GraphRecorder,
  x: TracedValue,
  begin: readonly number[],
  size: readonly number[],
  steps: readonly number[] = begin.map(() => 1),
): TracedValue {
  if (sameShape(size, x.shape) && steps.every((step) => step === 1)) return x;
  const value = expanded(graph, x);
  const order = value.channelsFirst
    ? permuteToChannelsFirst
    : <T>(items: readonly T[]) => [...items];
  const ends = begin.map((from, axis) => {
    const end = from + (size[axis] ?? 0) * (steps[axis] ?? 1);
    // Where steps go backwards past the first element, ONNX writes the end as the smallest number.
    return end < 0 ? Number.MIN_SAFE_INTEGER : end;
  });
  const names = [order(begin), order(ends), [...begin.keys()], order(steps)].map((list) =>
    graph.ints(list),
  );
  const name = graph.emit('Slice', [value.name, ...names]);
  return { ...plainValue(name, size, value.dtype), channelsFirst: value.channelsFirst };
}

function slice(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const { begin, size } = call.attributes as SliceAttrs;
  const placeholder = { shape: [...x.shape], rank: x.shape.length };
  const [from, sizes] = slice_util.parseSliceParams(placeholder as never, begin, size) as [
    number[],
    number[],
  ];
  return sliced(call.graph, x, from, sizes);
}

function stridedSlice(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const a = call.attributes as StridedSliceAttrs;
  const { begin, end, strides, finalShape } = slice_util.sliceInfo(
    [...x.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  const size = slice_util.computeOutShape(begin, end, strides);
  return reshaped(call.graph, sliced(call.graph, x, begin, size, strides), finalShape);
}

function split(call: KernelCall): TracedValue[] {
  const x = input(call, 'x');
  const { numOrSizeSplits, axis } = call.attributes as SplitVAttrs;
  const [along = 0] = util.parseAxisParam(axis, [...x.shape]);
  const placeholder = { shape: [...x.shape] };
  const sizes = backend_util.prepareSplitSize(placeholder as never, numOrSizeSplits, along);
  let offset = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, index) => (index === along ? offset : 0));
    offset += length;
    return sliced(call.graph, x, begin, x.shape.with(along, length));
  });
}

function unpack(call: KernelCall): TracedValue[] {
  const x = input(call, 'value');
  const [axis = 0] = util.parseAxisParam((call.attributes as UnpackAttrs).axis, [...x.shape]);
  return Array.from({ length: x.shape[axis] ?? 0 }, (_, position) => {
    const begin = x.shape.map((_dim, index) => (index === axis ? position : 0));
    const piece = sliced(call.graph, x, begin, x.shape.with(axis, 1));
    return reshaped(call.graph, piece, x.shape.toSpliced(axis, 1));
  });
}

function pad(call: KernelCall): TracedValue {
  const { graph } = call;
  const { paddings, constantValue } = call.attributes as PadV2Attrs;
  const x = expanded(graph, input(call, 'x'));
  const order = x.channelsFirst ? permuteToChannelsFirst(paddings) : paddings;
  const amounts = [...order.map(([before]) => before), ...order.map(([, after]) => after)];
  const fill = graph.scalar(constantValue, x.dtype);
  const name = graph.emit('Pad', [x.name, graph.ints(amounts), fill]);
  const shape = x.shape.map((dim, axis) => {
    const [before, after] = paddings[axis] ?? [0, 0];
    return dim + before + after;
  });
  return { ...plainValue(name, shape, x.dtype), channelsFirst: x.channelsFirst };
}

/** Mirrored indices of one axis: `reflect` leaves the edge out, `symmetric` repeats it. */
function mirroredIndices(
  length: number,
  [before, after]: readonly [number, number],
  edge: number,
): Int32Array {
  return Int32Array.from({ length: before + length + after }, (_, position) => {
    const index = position - before;
    if (index < 0) return -index - 1 + edge;
    return index < length ? index : 2 * length - index - 1 - edge;
  });
}

function mirrorPad(call: KernelCall): TracedValue {
  const { graph } = call;
  const { paddings, mode } = call.attributes as MirrorPadAttrs;
  const edge = mode === 'reflect' ? 1 : 0;
  return paddings.reduce(
    (value, amount, axis) => {
      if (amount[0] + amount[1] === 0) return value;
      const indices = mirroredIndices(value.shape[axis] ?? 1, amount, edge);
      const index = graph.constant(indices, [indices.length], 'int32');
      const name = graph.emit('Gather', [value.name, index.name], { axis: { int: axis } });
      return plainValue(name, value.shape.with(axis, indices.length), value.dtype);
    },
    plain(graph, input(call, 'x')),
  );
}

function reverse(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const dims = util.parseAxisParam((call.attributes as ReverseAttrs).dims, [...x.shape]);
  const begin = x.shape.map((dim, axis) => (dims.includes(axis) ? dim - 1 : 0));
  const steps = x.shape.map((_, axis) => (dims.includes(axis) ? -1 : 1));
  return sliced(call.graph, x, begin, x.shape, steps);
}

function tile(call: KernelCall): TracedValue {
  const { graph } = call;
  const x = plain(graph, input(call, 'x'));
  const { reps } = call.attributes as TileAttrs;
  const shape = x.shape.map((dim, axis) => dim * (reps[axis] ?? 1));
  return plainValue(graph.emit('Tile', [x.name, graph.ints(reps)]), shape, x.dtype);
}

function broadcastTo(call: KernelCall): TracedValue {
  const x = input(call, 'x');
  const { shape } = call.attributes as BroadCastToAttrs;
  if (shape.length <= 4 || !x.channelsFirst) return { ...x, shape };
  return { ...channelsLast(call.graph, x), shape };
}

function fill(call: KernelCall): TracedValue {
  const { shape, value, dtype } = call.attributes as FillAttrs;
  if (typeof value === 'string') throw unsupported(call, 'fills with text');
  return call.graph.filled(value, shape, (dtype as TracedType | undefined) ?? 'float32');
}

/** Kernels that move elements without changing them. */
export const shapeKernels: KernelTable = {
  Reshape: reshape,
  ExpandDims: expandDims,
  Transpose: transpose,
  Concat: concat,
  Pack: pack,
  Slice: slice,
  StridedSlice: stridedSlice,
  SplitV: split,
  Unpack: unpack,
  PadV2: pad,
  MirrorPad: mirrorPad,
  Reverse: reverse,
  Tile: tile,
  BroadcastTo: broadcastTo,
  Fill: fill,
};
