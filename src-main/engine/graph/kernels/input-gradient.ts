import type {
  Conv2DBackpropInputAttrs,
  DepthwiseConv2dNativeBackpropInputAttrs,
} from '@tensorflow/tfjs';
import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { convolutionGeometry, undilatedDepthwise } from './convolution-geometry.ts';
import { blockedDepthwiseInputGradient } from './blocked-depthwise.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import { stridedInputGradient } from './strided-input-gradient.ts';
import { turned } from './turned-filter.ts';
import { groupedWeights } from './grouped-weights.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';

/**
 * Gradient of a convolution by its input. For stride 1, it is the convolution of dy with the filter
 * turned by 180 degrees and its channels exchanged; for other strides, a transposed convolution.
 */
export function inputGradient(call: KernelCall): TracedValue {
  const { inputShape } = call.attributes as Conv2DBackpropInputAttrs;
  const filter = plain(call.graph, input(call, 'filter'));
  const geometry = convolutionGeometry(call, inputShape, filter.shape);
  return groupedInputGradient(call.graph, input(call, 'dy'), filter, geometry, 1);
}

/** The same for a depthwise convolution, whose channels are groups of their own. */
export function depthwiseInputGradient(call: KernelCall): TracedValue {
  const { inputShape } = call.attributes as DepthwiseConv2dNativeBackpropInputAttrs;
  const filter = plain(call.graph, input(call, 'filter'));
  const geometry = undilatedDepthwise(call, inputShape, filter.shape);
  return groupedInputGradient(call.graph, input(call, 'dy'), filter, geometry, geometry.inChannels);
}

/** The gradient by the input of a convolution in so many groups, from that by its output. */
export function groupedInputGradient(
  graph: GraphRecorder,
  gradient: TracedValue,
  filter: TracedValue,
  geometry: ConvolutionGeometry,
  groups: number,
): TracedValue {
  const dy = plainChannelsFirst(graph, gradient);
  const blocked =
    groups === 1 ? null : blockedDepthwiseInputGradient(graph, dy.name, filter, geometry);
  if (blocked !== null) return channelsFirstValue(blocked, geometry.inShape);
  const isDense = geometry.strideHeight === 1 && geometry.strideWidth === 1;
  const name = isDense
    ? turnedConvolution(graph, dy, filter, geometry, groups)
    : transposedConvolution(graph, dy, filter, geometry, groups);
  return channelsFirstValue(name, geometry.inShape);
}

function turnedConvolution(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  { filterHeight, filterWidth, padInfo }: ConvolutionGeometry,
  groups: number,
): string {
  const { top, left, bottom, right } = padInfo;
  const [down, across] = [filterHeight - 1, filterWidth - 1];
  const pads = [down - top, across - left, down - bottom, across - right];
  const backwards = turned(graph, filter);
  if (groups === 1) {
    const swapped = graph.emit('Transpose', [backwards], { perm: { ints: [0, 1, 3, 2] } });
    const [height = 1, width = 1, inChannels = 1, outChannels = 1] = filter.shape;
    const exchanged = { name: swapped, shape: [height, width, outChannels, inChannels] };
    const blocked = blockedConvolution(graph, dy.name, exchanged, { pads: { ints: pads } });
    if (blocked !== null) return blocked;
  }
  const weights = graph.emit('Transpose', [backwards], { perm: { ints: [2, 3, 0, 1] } });
  return graph.emit('Conv', [dy.name, weights], { pads: { ints: pads }, ...inGroups(groups) });
}

function transposedConvolution(
  graph: GraphRecorder,
  dy: TracedValue,
  filter: TracedValue,
  geometry: ConvolutionGeometry,
  groups: number,
): string {
  const blocked = groups === 1 ? stridedInputGradient(graph, dy.name, filter, geometry) : null;
  if (blocked !== null) return blocked;
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
  const { top, left, bottom, right } = padInfo;
  const reachedHeight = (geometry.outHeight - 1) * strideHeight + filterHeight - top - bottom;
  const reachedWidth = (geometry.outWidth - 1) * strideWidth + filterWidth - left - right;
  const weights =
    groups === 1
      ? graph.emit('Transpose', [filter.name], { perm: { ints: [3, 2, 0, 1] } })
      : groupedWeights(graph, filter);
  return graph.emit('ConvTranspose', [dy.name, weights], {
    strides: { ints: [strideHeight, strideWidth] },
    pads: { ints: [top, left, bottom, right] },
    output_padding: {
      ints: [geometry.inHeight - reachedHeight, geometry.inWidth - reachedWidth],
    },
    ...inGroups(groups),
  });
}

/** ONNX's default is one group. */
function inGroups(groups: number): Record<string, OnnxAttribute> {
  return groups === 1 ? {} : { group: { int: groups } };
}
