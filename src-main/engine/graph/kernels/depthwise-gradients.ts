import type { DepthwiseConv2dNativeBackpropFilterAttrs } from '@tensorflow/tfjs';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable } from '../recorder/kernel-call.ts';
import { plainChannelsFirst } from '../recorder/layout.ts';
import { plainValue } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { blockedDepthwiseFilterGradient } from './blocked-depthwise.ts';
import { undilatedDepthwise } from './convolution-geometry.ts';
import { depthwiseInputGradient } from './input-gradient.ts';

/** tfjs stores depthwise filters as [height, width, channels, multiplier]. */
const channelsBeforeTaps = { perm: { ints: [2, 3, 0, 1] } };

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
  const geometry = undilatedDepthwise(call, x.shape, filterShape);
  const blocked = blockedDepthwiseFilterGradient(graph, x.name, dy.name, geometry);
  if (blocked !== null) return plainValue(blocked, filterShape, 'float32');
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

export const depthwiseGradientKernels: KernelTable = {
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  DepthwiseConv2dNativeBackpropFilter: filterGradient,
};
