import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { convolveBlocks, fromBlocks, toBlocks } from './blocked-convolution.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';
import { turned } from './turned-filter.ts';

/** Depthwise convolutions by ONNX Runtime's blocked operators, which take a fifth of the time of its `Conv`. */

/** The most terms that are summed one after the other in float32. */
const mostTerms = 1 << 16;

/** From NCHW to NCHW; null where channels do not fill blocks, or where the filter is constant. */
export function blockedDepthwise(
  graph: GraphRecorder,
  x: string,
  filter: TracedValue,
  attributes: Readonly<Record<string, OnnxAttribute>>,
): string | null {
  if (!isBlockable(graph, filter.shape) || graph.isConstant(filter.name)) return null;
  return depthwiseOfBlocks(graph, toBlocks(graph, x), filter, attributes);
}

/**
 * Gradient by the input: the convolution of dy, its pixels a stride apart with zeros between, with the
 * filter turned. From NCHW to NCHW; null as `blockedDepthwise`.
 */
export function blockedDepthwiseInputGradient(
  graph: GraphRecorder,
  dy: string,
  filter: TracedValue,
  geometry: ConvolutionGeometry,
): string | null {
  if (!isBlockable(graph, filter.shape) || graph.isConstant(filter.name)) return null;
  const { batchSize, inChannels, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const pads = [
    filterHeight - 1 - padInfo.top,
    filterWidth - 1 - padInfo.left,
    inHeight + padInfo.top - outHeight * strideHeight,
    inWidth + padInfo.left - outWidth * strideWidth,
  ];
  if (pads.some((pad) => pad < 0)) return null;
  const block = graph.channelBlock;
  let given = toBlocks(graph, dy);
  if (strideHeight * strideWidth > 1) {
    const blocks = batchSize * (inChannels / block);
    const apart = graph.reshape(given, [], [blocks, outHeight, 1, outWidth, 1, block]);
    const zeros = [0, 0, 0, 0, 0, 0, 0, 0, strideHeight - 1, 0, strideWidth - 1, 0];
    const spread = graph.emit('Pad', [apart, graph.ints(zeros)]);
    const sides = [outHeight * strideHeight, outWidth * strideWidth];
    given = graph.reshape(spread, [], [batchSize, inChannels, ...sides]);
  }
  const backwards = { ...filter, name: turned(graph, filter) };
  return depthwiseOfBlocks(graph, given, backwards, { pads: { ints: pads } });
}

/**
 * Gradient by the filter, [height, width, channels, 1]: all pictures one below the other are convolved
 * with all of dy as one filter, whose taps lie a stride apart. Null where channels do not fill blocks,
 * where a part of the picture is in no window, or where too many terms would be summed.
 */
export function blockedDepthwiseFilterGradient(
  graph: GraphRecorder,
  x: string,
  dy: string,
  geometry: ConvolutionGeometry,
): string | null {
  const { batchSize, inChannels, outChannels, filterHeight, filterWidth, padInfo } = geometry;
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth } = geometry;
  if (!isBlockable(graph, [filterHeight, filterWidth, inChannels, outChannels / inChannels])) {
    return null;
  }
  // Rows from a picture to the next one: as many as windows reach, and whole strides.
  const rows = Math.ceil(((outHeight - 1) * strideHeight + filterHeight) / strideHeight);
  const below = rows * strideHeight - padInfo.top - inHeight;
  const right = (outWidth - 1) * strideWidth + filterWidth - padInfo.left - inWidth;
  const isCovered = below >= 0 && right >= 0 && filterHeight >= strideHeight;
  if (!isCovered || batchSize * rows * outWidth > mostTerms) return null;
  const stacked = (name: string, height: number, width: number, pads: [number, number]): string => {
    const size = width * graph.channelBlock;
    const blocks = graph.reshape(
      toBlocks(graph, name),
      [],
      [batchSize, inChannels / graph.channelBlock, height, size],
    );
    const [before, after] = pads;
    const padded = graph.emit('Pad', [blocks, graph.ints([0, 0, before, 0, 0, 0, after, 0])]);
    return graph.emit('Transpose', [padded], { perm: { ints: [1, 0, 2, 3] } });
  };
  const pictures = graph.reshape(
    stacked(x, inHeight, inWidth, [padInfo.top, below]),
    [],
    [1, inChannels, batchSize * rows * strideHeight, inWidth],
  );
  const taps = graph.reshape(
    stacked(dy, outHeight, outWidth, [0, rows - outHeight]),
    [],
    [inChannels, 1, batchSize * rows, outWidth],
  );
  const gradient = convolveBlocks(graph, pictures, taps, {
    kernel_shape: { ints: [batchSize * rows, outWidth] },
    dilations: { ints: [strideHeight, strideWidth] },
    pads: { ints: [0, padInfo.left, filterHeight - strideHeight, right] },
    group: { int: inChannels },
  });
  const moved = graph.emit('Transpose', [fromBlocks(graph, gradient, inChannels)], {
    perm: { ints: [2, 3, 1, 0] },
  });
  return moved;
}

/** A filter [height, width, channels, 1] with a channel out for each channel in, whose blocks are full. */
function isBlockable(
  graph: GraphRecorder,
  [, , channels = 1, multiplier]: readonly number[],
): boolean {
  const block = graph.channelBlock;
  return block > 0 && multiplier === 1 && channels % block === 0;
}

/** A depthwise convolution of channels in blocks, to NCHW. */
function depthwiseOfBlocks(
  graph: GraphRecorder,
  x: string,
  filter: TracedValue,
  attributes: Readonly<Record<string, OnnxAttribute>>,
): string {
  const [height = 1, width = 1, channels = 1] = filter.shape;
  const y = convolveBlocks(graph, x, filterInBlocks(graph, filter), {
    ...attributes,
    kernel_shape: { ints: [height, width] },
    group: { int: channels },
  });
  return fromBlocks(graph, y, channels);
}

/** [channels / block, height, width, block]. */
function filterInBlocks(graph: GraphRecorder, { name, shape }: TracedValue): string {
  const [height = 1, width = 1, channels = 1] = shape;
  const block = graph.channelBlock;
  const split = graph.reshape(name, shape, [height, width, channels / block, block]);
  const moved = graph.emit('Transpose', [split], { perm: { ints: [2, 0, 1, 3] } });
  return graph.reshape(moved, [], [channels, 1, height, width]);
}
