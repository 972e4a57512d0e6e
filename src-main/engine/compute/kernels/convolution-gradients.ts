import type { Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs } from '@tensorflow/tfjs';
import type { GraphRecorder } from '../graph-recorder.ts';
import { input } from '../kernel-call.ts';
import type { KernelCall } from '../kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../layout.ts';
import { plainValue } from '../traced-value.ts';
import type { TracedValue } from '../traced-value.ts';
import { convolutionGeometry } from './convolution-geometry.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';

/**
 * Gradient of a convolution by its input. Stride 1: the convolution of dy with the filter turned
 * by 180 degrees, its channels exchanged. Other strides: a transposed convolution.
 */
export function inputGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const { inputShape } = call.attributes as Conv2DBackpropInputAttrs;
  const filter = plain(graph, input(call, 'filter'));
  const dy = plainChannelsFirst(graph, input(call, 'dy'));
  const geometry = convolutionGeometry(call, inputShape, filter.shape);
  const isDense = geometry.strideHeight === 1 && geometry.strideWidth === 1;
  const name = isDense
    ? turnedConvolution(graph, dy, filter, geometry)
    : transposedConvolution(graph, dy, filter, geometry);
  return channelsFirstValue(name, inputShape);
}

function turnedConvolution(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  { filterHeight, filterWidth, padInfo }: ConvolutionGeometry,
): string {
  const isSinglePixel = filterHeight * filterWidth === 1;
  const lists = [
    [filterHeight - 1, filterWidth - 1],
    [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    [0, 1],
    [-1, -1],
  ];
  const turned = isSinglePixel
    ? filter.name
    : graph.emit('Slice', [filter.name, ...lists.map((list) => graph.ints(list))]);
  const weights = graph.emit('Transpose', [turned], { perm: { ints: [2, 3, 0, 1] } });
  const { top, left, bottom, right } = padInfo;
  const [down, across] = [filterHeight - 1, filterWidth - 1];
  const pads = [down - top, across - left, down - bottom, across - right];
  return graph.emit('Conv', [dy.name, weights], { pads: { ints: pads } });
}

function transposedConvolution(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  geometry: ConvolutionGeometry,
): string {
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
  const { top, left, bottom, right } = padInfo;
  const reachedHeight = (geometry.outHeight - 1) * strideHeight + filterHeight - top - bottom;
  const reachedWidth = (geometry.outWidth - 1) * strideWidth + filterWidth - left - right;
  const weights = graph.emit('Transpose', [filter.name], { perm: { ints: [3, 2, 0, 1] } });
  return graph.emit('ConvTranspose', [dy.name, weights], {
    strides: { ints: [strideHeight, strideWidth] },
    pads: { ints: [top, left, bottom, right] },
    output_padding: {
      ints: [geometry.inHeight - reachedHeight, geometry.inWidth - reachedWidth],
    },
  });
}

/**
 * Gradient of a convolution by its filter: for every filter tap, the input seen through that tap
 * (channels x pixels) times dy (pixels x channels), summed over the batch.
 */
export function filterGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const { filterShape } = call.attributes as Conv2DBackpropFilterAttrs;
  const x = plainChannelsFirst(graph, input(call, 'x'));
  const dy = plainChannelsFirst(graph, input(call, 'dy'));
  const geometry = convolutionGeometry(call, x.shape, filterShape);
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = geometry;
  const pixels = outHeight * outWidth;
  const [, dyHeight = 1, dyWidth = 1] = dy.shape;
  const rows = graph.reshape(
    dy.name,
    [batchSize, outChannels, dyHeight, dyWidth],
    [batchSize, outChannels, pixels],
  );
  const columns = graph.emit('Transpose', [rows], { perm: { ints: [0, 2, 1] } });
  const taps = tapViews(graph, x, geometry).map((view) => {
    const seen = graph.reshape(
      view,
      [batchSize, inChannels, outHeight, outWidth],
      [batchSize, inChannels, pixels],
    );
    const products = graph.emit('MatMul', [seen, columns]);
    return graph.emit('ReduceSum', [products, graph.ints([0])], { keepdims: { int: 1 } });
  });
  const [first = ''] = taps;
  const stacked = taps.length === 1 ? first : graph.emit('Concat', taps, { axis: { int: 0 } });
  const from = [taps.length, inChannels, outChannels];
  return plainValue(graph.reshape(stacked, from, filterShape), filterShape, 'float32');
}

/** For every filter tap, row by row, the input pixels that it meets: N, C, outHeight, outWidth. */
function tapViews(graph: GraphRecorder, x: TracedValue, geometry: ConvolutionGeometry): string[] {
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth } = geometry;
  const { top, left, bottom, right } = padInfo;
  const isPadded = top + left + bottom + right > 0;
  const pads = [0, 0, top, left, 0, 0, bottom, right];
  const padded = isPadded ? graph.emit('Pad', [x.name, graph.ints(pads)]) : x.name;
  const views: string[] = [];
  for (let row = 0; row < geometry.filterHeight; row += 1) {
    for (let column = 0; column < geometry.filterWidth; column += 1) {
      const ends = [
        row + (outHeight - 1) * strideHeight + 1,
        column + (outWidth - 1) * strideWidth + 1,
      ];
      const lists = [[row, column], ends, [2, 3], [strideHeight, strideWidth]];
      const isWhole = !isPadded && geometry.filterHeight * geometry.filterWidth === 1;
      const isAll = isWhole && strideHeight === 1 && strideWidth === 1;
      views.push(
        isAll ? padded : graph.emit('Slice', [padded, ...lists.map((list) => graph.ints(list))]),
      );
    }
  }
  return views;
}
