import type { Conv2DBackpropInputAttrs } from '@tensorflow/tfjs';
import type { GraphRecorder } from '../recorder/graph-recorder.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { convolutionGeometry } from './convolution-geometry.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';

/**
 * Gradient of a convolution by its input. For stride 1, it is the convolution of dy with the filter
 * turned by 180 degrees and its channels exchanged; for other strides, a transposed convolution.
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
  const weights = graph.emit('Transpose', [turned(graph, filter)], {
    perm: { ints: [2, 3, 0, 1] },
  });
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

/** A filter [height, width, …] turned by 180 degrees. */
export function turned(graph: GraphRecorder, { name, shape }: TracedValue): string {
  const [height = 1, width = 1] = shape;
  if (height * width === 1) return name;
  const lists = [
    [height - 1, width - 1],
    [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    [0, 1],
    [-1, -1],
  ];
  return graph.emit('Slice', [name, ...lists.map((list) => graph.ints(list))]);
}
