import type {
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
} from '@tensorflow/tfjs';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input, unsupported } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import { plainValue } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { convolutionGeometry } from './convolution-geometry.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';
import { turned } from './input-gradient.ts';

/** tfjs stores depthwise filters as [height, width, channels, multiplier]. */
const channelsBeforeTaps = { perm: { ints: [2, 3, 0, 1] } };

/**
 * Gradient of a depthwise convolution by its input: dy is convolved with the turned filter, channel by
 * channel, or for a stride above 1 by a transposed convolution.
 */
function inputGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const { inputShape } = call.attributes as DepthwiseConv2dNativeBackpropInputAttrs;
  const filter = plain(graph, input(call, 'filter'));
  const dy = plainChannelsFirst(graph, input(call, 'dy'));
  const geometry = undilated(call, inputShape, filter.shape);
  const name =
    geometry.strideHeight === 1 && geometry.strideWidth === 1
      ? denseInputGradient(graph, dy, filter, geometry)
      : stridedInputGradient(graph, dy, filter, geometry);
  return channelsFirstValue(name, inputShape);
}

function denseInputGradient(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  { filterHeight, filterWidth, padInfo, inChannels }: ConvolutionGeometry,
): string {
  const weights = graph.emit('Transpose', [turned(graph, filter)], channelsBeforeTaps);
  const { top, left, bottom, right } = padInfo;
  const [down, across] = [filterHeight - 1, filterWidth - 1];
  const pads = [down - top, across - left, down - bottom, across - right];
  return graph.emit('Conv', [dy.name, weights], {
    pads: { ints: pads },
    group: { int: inChannels },
  });
}

function stridedInputGradient(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  geometry: ConvolutionGeometry,
): string {
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
  const { inChannels, outChannels } = geometry;
  const { top, left, bottom, right } = padInfo;
  const reachedHeight = (geometry.outHeight - 1) * strideHeight + filterHeight - top - bottom;
  const reachedWidth = (geometry.outWidth - 1) * strideWidth + filterWidth - left - right;
  const moved = graph.emit('Transpose', [filter.name], channelsBeforeTaps);
  const from = [inChannels, outChannels / inChannels, filterHeight, filterWidth];
  const weights = graph.reshape(moved, from, [outChannels, 1, filterHeight, filterWidth]);
  return graph.emit('ConvTranspose', [dy.name, weights], {
    strides: { ints: [strideHeight, strideWidth] },
    pads: { ints: [top, left, bottom, right] },
    output_padding: {
      ints: [geometry.inHeight - reachedHeight, geometry.inWidth - reachedWidth],
    },
    group: { int: inChannels },
  });
}

/**
 * Gradient of a depthwise convolution by its filter: x, with the pictures as channels of a group, is
 * convolved with dy as a filter whose taps lie a stride apart. One product a channel sums over all
 * pictures and pixels.
 */
function filterGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const { filterShape } = call.attributes as DepthwiseConv2dNativeBackpropFilterAttrs;
  const x = plainChannelsFirst(graph, input(call, 'x'));
  const dy = plainChannelsFirst(graph, input(call, 'dy'));
  const geometry = undilated(call, x.shape, filterShape);
  const { batchSize, inChannels, outChannels, filterHeight, filterWidth } = geometry;
  const { strideHeight, strideWidth, outHeight, outWidth, padInfo } = geometry;
  const picturesFirst = { perm: { ints: [1, 0, 2, 3] } };
  const reachedHeight = filterHeight + (outHeight - 1) * strideHeight - padInfo.top;
  const reachedWidth = filterWidth + (outWidth - 1) * strideWidth - padInfo.left;
  const [height, width] = [geometry.inHeight, geometry.inWidth];
  const seen = [Math.min(height, reachedHeight), Math.min(width, reachedWidth)] as const;
  const rows = graph.reshape(
    graph.emit('Transpose', [topLeft(graph, x.name, [height, width], seen)], picturesFirst),
    [inChannels, batchSize, ...seen],
    [1, inChannels * batchSize, ...seen],
  );
  const taps = graph.emit('Transpose', [dy.name], picturesFirst);
  const bottom = Math.max(0, reachedHeight - height);
  const right = Math.max(0, reachedWidth - width);
  const product = graph.emit('Conv', [rows, taps], {
    pads: { ints: [padInfo.top, padInfo.left, bottom, right] },
    dilations: { ints: [strideHeight, strideWidth] },
    group: { int: inChannels },
  });
  const multiplier = outChannels / inChannels;
  const gradient = graph.emit(
    'Transpose',
    [
      graph.reshape(
        product,
        [1, outChannels, filterHeight, filterWidth],
        [inChannels, multiplier, filterHeight, filterWidth],
      ),
    ],
    channelsBeforeTaps,
  );
  return plainValue(gradient, filterShape, 'float32');
}

/** The first rows and columns of channels-first pictures; the last ones can be beyond every window. */
function topLeft(
  graph: GraphRecorder,
  name: string,
  [height, width]: readonly [number, number],
  [seenHeight, seenWidth]: readonly [number, number],
): string {
  if (seenHeight === height && seenWidth === width) return name;
  const lists = [
    [0, 0],
    [seenHeight, seenWidth],
    [2, 3],
  ];
  return graph.emit('Slice', [name, ...lists.map((list) => graph.ints(list))]);
}

function undilated(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
): ConvolutionGeometry {
  const geometry = convolutionGeometry(call, inputShape, filterShape, true);
  if (geometry.dilationHeight * geometry.dilationWidth === 1) return geometry;
  throw unsupported(call, 'has the gradient of a dilated convolution');
}

export const depthwiseGradientKernels: KernelTable = {
  DepthwiseConv2dNativeBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: filterGradient,
};
