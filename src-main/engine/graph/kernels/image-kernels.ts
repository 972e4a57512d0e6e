import type {
  CropAndResizeAttrs,
  FusedBatchNormAttrs,
  ResizeBilinearAttrs,
} from '@tensorflow/tfjs';
import { Arithmetic } from '../recorder/elementwise.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input, unsupported } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import { plainValue } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';

/**
 * The position of output pixel `index` in the input, in input pixels, by tfjs's rules for the two
 * flags.
 */
function sourcePosition(
  index: number,
  [from, to]: readonly [number, number],
  { alignCorners, halfPixelCenters }: ResizeBilinearAttrs,
): number {
  const ratio = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return halfPixelCenters ? ratio * (index + 0.5) - 0.5 : ratio * index;
}

/** The matrix [to, from] of bilinear weights along one axis, row-major. */
function bilinearMatrix(from: number, to: number, flags: ResizeBilinearAttrs): Float32Array {
  const matrix = new Float32Array(to * from);
  for (let row = 0; row < to; row += 1) {
    const position = Math.max(0, sourcePosition(row, [from, to], flags));
    const low = Math.min(from - 1, Math.floor(position));
    const high = Math.min(from - 1, low + 1);
    const fraction = position - low;
    matrix[row * from + low] = (matrix[row * from + low] ?? 0) + 1 - fraction;
    matrix[row * from + high] = (matrix[row * from + high] ?? 0) + fraction;
  }
  return matrix;
}

/** The matrix [to, from] that selects the nearest pixel along one axis, row-major. */
function nearestMatrix(from: number, to: number, flags: ResizeBilinearAttrs): Float32Array {
  const matrix = new Float32Array(to * from);
  for (let row = 0; row < to; row += 1) {
    const ratio = flags.alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
    const position = flags.halfPixelCenters ? ratio * (row + 0.5) : ratio * row;
    const nearest = flags.alignCorners ? Math.round(position) : Math.floor(position);
    matrix[row * from + Math.max(0, Math.min(from - 1, nearest))] = 1;
  }
  return matrix;
}

type AxisMatrix = typeof bilinearMatrix;

function transposeMatrix(matrix: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(
    matrix,
    (_, index) => matrix[(index % rows) * columns + Math.floor(index / rows)] ?? 0,
  );
}

/**
 * Resizes by a matrix product along each axis: rows · picture · columnsᵀ. The gradient is the
 * transpose.
 */
function resize(call: KernelCall, axisMatrix: AxisMatrix, isGradient: boolean): TracedValue {
  const { graph } = call;
  const flags = call.attributes as ResizeBilinearAttrs;
  const images = input(call, 'images');
  const source = plainChannelsFirst(graph, isGradient ? input(call, 'dy') : images);
  const [count = 1, height = 1, width = 1, channels = 1] = images.shape;
  const [toHeight, toWidth] = isGradient
    ? [source.shape[1] ?? 1, source.shape[2] ?? 1]
    : flags.size;
  const down = axisMatrix(height, toHeight, flags);
  const across = axisMatrix(width, toWidth, flags);
  const left = isGradient
    ? graph.constant(transposeMatrix(down, toHeight, height), [height, toHeight], 'float32')
    : graph.constant(down, [toHeight, height], 'float32');
  const right = isGradient
    ? graph.constant(across, [toWidth, width], 'float32')
    : graph.constant(transposeMatrix(across, toWidth, width), [width, toWidth], 'float32');
  const rows = graph.emit('MatMul', [plain(graph, left).name, floats(graph, source)]);
  const name = graph.emit('MatMul', [rows, plain(graph, right).name]);
  const size = isGradient ? [height, width] : [toHeight, toWidth];
  return channelsFirstValue(name, [count, ...size, channels]);
}

function floats(graph: GraphRecorder, value: TracedValue): string {
  return value.dtype === 'float32' ? value.name : graph.cast(value.name, 'float32');
}

/** The sampling positions of one axis of every box, [boxes, size], in input pixels. */
function boxPositions(
  graph: GraphRecorder,
  [start, end]: readonly [TracedValue, TracedValue],
  length: number,
  size: number,
): TracedValue {
  const math = new Arithmetic(graph);
  const last = math.number(length - 1);
  if (size === 1) {
    const middle = math.apply('Mul', math.number(0.5), math.apply('Add', start, end));
    return math.apply('Mul', middle, last);
  }
  const steps = Float32Array.from({ length: size }, (_, index) => index / (size - 1));
  const fraction = graph.constant(steps, [1, size], 'float32');
  const extent = math.apply('Mul', math.apply('Sub', end, start), fraction);
  return math.apply('Mul', math.apply('Add', start, extent), last);
}

/** Bilinear weights of positions [boxes, size] for each pixel: max(0, 1 − |position − pixel|). */
function tentWeights(
  graph: GraphRecorder,
  positions: TracedValue,
  [boxes, size, length]: readonly [number, number, number],
): { weights: TracedValue; isInside: TracedValue } {
  const math = new Arithmetic(graph);
  const [zero, one] = [math.number(0), math.number(1)];
  const pixels = Float32Array.from({ length }, (_, index) => index);
  const column = { ...positions, stored: [boxes, size, 1], shape: [boxes, size, 1] };
  const held = { ...column, name: graph.reshape(positions.name, [boxes, size], [boxes, size, 1]) };
  const pixel = graph.constant(pixels, [1, 1, length], 'float32');
  const distance = math.apply('Abs', math.apply('Sub', held, pixel));
  const weights = math.apply('Max', math.apply('Sub', one, distance), zero);
  const isAfterStart = math.test('GreaterOrEqual', held, zero);
  const isBeforeEnd = math.test('LessOrEqual', held, math.number(length - 1));
  return { weights, isInside: math.test('And', isAfterStart, isBeforeEnd) };
}

/** Column `index` of the boxes, [boxes, 1]. */
function boxEdge(graph: GraphRecorder, boxes: TracedValue, index: number): TracedValue {
  const lists = [[index], [index + 1], [1]].map((list) => graph.ints(list));
  const name = graph.emit('Slice', [boxes.name, ...lists]);
  return plainValue(name, [boxes.shape[0] ?? 1, 1], 'float32');
}

function cropAndResize(call: KernelCall): TracedValue {
  const { graph } = call;
  const { cropSize, method, extrapolationValue } = call.attributes as CropAndResizeAttrs;
  if (method !== 'bilinear') throw unsupported(call, `samples by '${method}'`);
  const image = plainChannelsFirst(graph, input(call, 'image'));
  const boxes = plain(graph, input(call, 'boxes'));
  const boxIndices = plain(graph, input(call, 'boxInd'));
  const [, height = 1, width = 1, channels = 1] = image.shape;
  const count = boxes.shape[0] ?? 1;
  const [toHeight, toWidth] = cropSize;
  const picked = graph.emit('Gather', [floats(graph, image), boxIndices.name]);
  const edge = (index: number): TracedValue => boxEdge(graph, boxes, index);
  const down = boxPositions(graph, [edge(0), edge(2)], height, toHeight);
  const across = boxPositions(graph, [edge(1), edge(3)], width, toWidth);
  const rows = tentWeights(graph, down, [count, toHeight, height]);
  const columns = tentWeights(graph, across, [count, toWidth, width]);
  const left = graph.reshape(
    rows.weights.name,
    [count, toHeight, height],
    [count, 1, toHeight, height],
  );
  const turned = graph.emit('Transpose', [columns.weights.name], { perm: { ints: [0, 2, 1] } });
  const right = graph.reshape(turned, [count, width, toWidth], [count, 1, width, toWidth]);
  const squeezed = graph.emit('MatMul', [graph.emit('MatMul', [left, picked]), right]);
  const shape = [count, toHeight, toWidth, channels];
  const inside = insideBoth(graph, rows.isInside, columns.isInside, shape);
  const math = new Arithmetic(graph);
  return math.where(inside, channelsFirstValue(squeezed, shape), math.number(extrapolationValue));
}

/** Whether each pixel of a crop lies inside the picture, [count, toHeight, toWidth, 1]. */
function insideBoth(
  graph: GraphRecorder,
  rows: TracedValue,
  columns: TracedValue,
  [count = 1, toHeight = 1, toWidth = 1]: readonly number[],
): TracedValue {
  const name = graph.reshape(columns.name, [count, toWidth, 1], [count, 1, toWidth]);
  const turned = plainValue(name, [count, 1, toWidth], 'bool');
  const both = new Arithmetic(graph).test('And', rows, turned);
  const shape = [count, toHeight, toWidth, 1];
  return plainValue(graph.reshape(both.name, [count, toHeight, toWidth], shape), shape, 'bool');
}

/** Batch normalisation with given statistics: (x − mean) / sqrt(variance + epsilon) · scale + offset. */
function batchNorm(call: KernelCall): TracedValue {
  const math = new Arithmetic(call.graph);
  const { varianceEpsilon } = call.attributes as FusedBatchNormAttrs;
  const [x, mean] = [input(call, 'x'), input(call, 'mean')];
  const { scale, offset } = call.inputs;
  const variance = math.apply('Add', input(call, 'variance'), math.number(varianceEpsilon));
  const inverse = math.apply('Reciprocal', math.apply('Sqrt', variance));
  const factor = scale ? math.apply('Mul', inverse, scale) : inverse;
  const scaled = math.apply('Mul', math.apply('Sub', x, mean), factor);
  return offset ? math.apply('Add', scaled, offset) : scaled;
}

/** Kernels on pictures. */
export const imageKernels: KernelTable = {
  ResizeBilinear: (call) => resize(call, bilinearMatrix, false),
  ResizeBilinearGrad: (call) => resize(call, bilinearMatrix, true),
  ResizeNearestNeighbor: (call) => resize(call, nearestMatrix, false),
  ResizeNearestNeighborGrad: (call) => resize(call, nearestMatrix, true),
  CropAndResize: cropAndResize,
  FusedBatchNorm: batchNorm,
};
