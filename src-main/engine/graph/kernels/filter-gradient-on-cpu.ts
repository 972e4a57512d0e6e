import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { windowAttributes } from './convolution-geometry.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';
import { seenByTaps } from '../recorder/one-hot-taps.ts';

/** The most numbers of one value of a gradient (160 MB); a larger batch is taken in parts. */
export const mostNumbers = 40_000_000;

/** How many multiplications take as long as writing a number, and as moving one; measured on Zen 3. */
const perNumberWritten = 35;
const perNumberMoved = 70;

interface Way {
  /** Multiplications for one picture beyond those that every way has, the numbers that it writes included. */
  readonly cost: (geometry: ConvolutionGeometry) => number;
  /** Numbers of the largest value, for one picture. */
  readonly largest: (geometry: ConvolutionGeometry) => number;
  readonly record: (
    graph: GraphRecorder,
    x: string,
    dy: string,
    geometry: ConvolutionGeometry,
  ) => string;
}

/**
 * Gradient of a convolution by its filter from x and dy [N, C, H, W], as tfjs has the filter, [height,
 * width, channels in, channels out]: what the taps see of x, times dy, summed over pixels and pictures.
 * The cheapest way is taken; it depends on the shapes alone, so that a training that is resumed has the
 * same.
 */
export function filterGradientOnCpu(
  graph: GraphRecorder,
  x: string,
  dy: string,
  geometry: ConvolutionGeometry,
): string {
  const { largest, record } = [byPicture, inOneProduct, bySides].reduce((best, way) =>
    way.cost(geometry) < best.cost(geometry) ? way : best,
  );
  const { batchSize } = geometry;
  const most = Math.max(1, Math.floor(mostNumbers / largest(geometry)));
  if (most >= batchSize) return record(graph, x, dy, geometry);
  const sizes = Array.from({ length: Math.ceil(batchSize / most) }, (_, part) =>
    Math.min(most, batchSize - part * most),
  );
  const split = (name: string): readonly string[] =>
    graph.emitMany('Split', [name, graph.ints(sizes)], { axis: { int: 0 } }, sizes.length);
  const [xs, dys] = [split(x), split(dy)];
  return sizes
    .map((count, part) =>
      record(graph, xs[part] ?? '', dys[part] ?? '', { ...geometry, batchSize: count }),
    )
    .reduce((sum, gradient) => graph.emit('Add', [sum, gradient]));
}

function pixelsOf({ outHeight, outWidth }: ConvolutionGeometry): number {
  return outHeight * outWidth;
}

/** Rows of the gradient as a matrix of [C · taps, K]. */
function rowsOf({ inChannels, filterHeight, filterWidth }: ConvolutionGeometry): number {
  return inChannels * filterHeight * filterWidth;
}

/** What all taps see, [N, C · taps, outHeight, outWidth]. */
function columns(graph: GraphRecorder, x: string, geometry: ConvolutionGeometry): string {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels } = geometry;
  if (filterHeight * filterWidth * strideHeight * strideWidth === 1) return x;
  const sides = [filterHeight, filterWidth] as const;
  return seenByTaps(graph, x, inChannels, sides, windowAttributes(geometry));
}

/** [C · taps, K] as tfjs has a filter. */
function asFilter(graph: GraphRecorder, name: string, geometry: ConvolutionGeometry): string {
  const { inChannels, outChannels, filterHeight, filterWidth } = geometry;
  const from = [inChannels * filterHeight * filterWidth, outChannels];
  const split = graph.reshape(name, from, [inChannels, filterHeight, filterWidth, outChannels]);
  return graph.emit('Transpose', [split], { perm: { ints: [1, 2, 0, 3] } });
}

/** A product of matrices per picture, and the sum of the products. */
function summedProducts(
  graph: GraphRecorder,
  [left, leftShape]: readonly [string, readonly [number, number, number]],
  [right, rightShape]: readonly [string, readonly [number, number, number]],
): string {
  const rows = graph.reshape(left, [], leftShape);
  const turned = graph.emit('Transpose', [graph.reshape(right, [], rightShape)], {
    perm: { ints: [0, 2, 1] },
  });
  const products = graph.emit('MatMul', [rows, turned]);
  return graph.emit('ReduceSum', [products, graph.ints([0])], { keepdims: { int: 0 } });
}

/** What all taps see, times dy, picture by picture. */
const byPicture: Way = {
  cost: (geometry) => {
    const numbers = rowsOf(geometry) * (pixelsOf(geometry) + geometry.outChannels);
    return numbers * perNumberWritten;
  },
  largest: (geometry) => rowsOf(geometry) * Math.max(pixelsOf(geometry), geometry.outChannels),
  record: (graph, x, dy, geometry) => {
    const { batchSize, outChannels } = geometry;
    const pixels = pixelsOf(geometry);
    const sum = summedProducts(
      graph,
      [columns(graph, x, geometry), [batchSize, rowsOf(geometry), pixels]],
      [dy, [batchSize, outChannels, pixels]],
    );
    return asFilter(graph, sum, geometry);
  },
};

/**
 * The same in one product over the pixels of all pictures. No product per picture is written, which pays
 * where filters are larger than pictures.
 */
const inOneProduct: Way = {
  cost: (geometry) => {
    const numbers = rowsOf(geometry) * pixelsOf(geometry);
    const moved = numbers + geometry.outChannels * pixelsOf(geometry);
    return numbers * perNumberWritten + moved * perNumberMoved;
  },
  largest: (geometry) => rowsOf(geometry) * pixelsOf(geometry),
  record: (graph, x, dy, geometry) => {
    const { batchSize, outChannels } = geometry;
    const pixels = pixelsOf(geometry);
    const acrossPictures = (name: string, channels: number): string => {
      const split = graph.reshape(name, [], [batchSize, channels, pixels]);
      const moved = graph.emit('Transpose', [split], { perm: { ints: [1, 0, 2] } });
      return graph.reshape(moved, [], [channels, batchSize * pixels]);
    };
    const left = acrossPictures(columns(graph, x, geometry), rowsOf(geometry));
    const right = acrossPictures(dy, outChannels);
    return asFilter(graph, graph.emit('Gemm', [left, right], { transB: { int: 1 } }), geometry);
  },
};

/** Pixels of what the taps of a side see, with the rows beyond the picture's edge. */
function sidePixels({ outHeight, outWidth, filterHeight }: ConvolutionGeometry): number {
  return (outHeight + filterHeight - 1) * outWidth;
}

function sideNumbers(geometry: ConvolutionGeometry): number {
  const { inChannels, outChannels, filterHeight, filterWidth } = geometry;
  return (inChannels * filterWidth + outChannels * filterHeight) * sidePixels(geometry);
}

/**
 * The taps' columns are taken from x and their rows from dy: height + width copies in place of height ·
 * width, but the rows beyond the edge are multiplied too. For stride 1.
 */
const bySides: Way = {
  cost: (geometry) => {
    if (geometry.strideHeight * geometry.strideWidth > 1) return Infinity;
    const { outChannels } = geometry;
    const products = rowsOf(geometry) * outChannels;
    const beyond = products * (sidePixels(geometry) - pixelsOf(geometry));
    return (sideNumbers(geometry) + products) * perNumberWritten + beyond;
  },
  largest: (geometry) => Math.max(sideNumbers(geometry), rowsOf(geometry) * geometry.outChannels),
  record: (graph, x, dy, geometry) => {
    const { batchSize, inChannels, outChannels, filterHeight, filterWidth, padInfo } = geometry;
    const { top, left, bottom, right } = padInfo;
    const across = seenByTaps(graph, x, inChannels, [1, filterWidth], {
      pads: { ints: [top, left, bottom, right] },
    });
    const beyond = filterHeight - 1;
    const down = seenByTaps(graph, dy, outChannels, [filterHeight, 1], {
      pads: { ints: [beyond, 0, beyond, 0] },
    });
    const pixels = sidePixels(geometry);
    const sum = summedProducts(
      graph,
      [across, [batchSize, inChannels * filterWidth, pixels]],
      [down, [batchSize, outChannels * filterHeight, pixels]],
    );
    const split = graph.reshape(sum, [], [inChannels, filterWidth, outChannels, filterHeight]);
    const moved = graph.emit('Transpose', [split], { perm: { ints: [3, 1, 0, 2] } });
    // What the first tap sees of dy belongs to the last row of the filter.
    const lists = [[-1], [Number.MIN_SAFE_INTEGER], [0], [-1]];
    return graph.emit('Slice', [moved, ...lists.map((list) => graph.ints(list))]);
  },
};
