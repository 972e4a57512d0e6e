import type { FusedConv2DAttrs } from '@tensorflow/tfjs';
import { elementwise } from '../recorder/elementwise.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { activation } from './activation.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import { blockedDepthwise } from './blocked-depthwise.ts';
import { inputGradient } from './input-gradient.ts';
import { filterGradient } from './filter-gradient.ts';
import { groupedWeights } from './grouped-weights.ts';
import { convolutionGeometry, windowAttributes } from './convolution-geometry.ts';

function convolution(call: KernelCall): TracedValue {
  const { graph } = call;
  const filter = plain(graph, input(call, 'filter'));
  const geometry = convolutionGeometry(call, input(call, 'x').shape, filter.shape);
  const x = plainChannelsFirst(graph, input(call, 'x'));
  const blocked = blockedConvolution(graph, x.name, filter, windowAttributes(geometry));
  if (blocked !== null) return channelsFirstValue(blocked, geometry.outShape);
  // tfjs stores filters as height, width, in, out; ONNX as out, in, height, width.
  const weights = graph.emit('Transpose', [filter.name], { perm: { ints: [3, 2, 0, 1] } });
  const name = graph.emit('Conv', [x.name, weights], windowAttributes(geometry));
  return channelsFirstValue(name, geometry.outShape);
}

function depthwiseConvolution(call: KernelCall): TracedValue {
  const { graph } = call;
  const filter = plain(graph, input(call, 'filter'));
  const geometry = convolutionGeometry(call, input(call, 'x').shape, filter.shape, true);
  const x = plainChannelsFirst(graph, input(call, 'x'));
  const blocked = blockedDepthwise(graph, x.name, filter, windowAttributes(geometry));
  if (blocked !== null) return channelsFirstValue(blocked, geometry.outShape);
  const weights = groupedWeights(graph, filter);
  const attributes = { ...windowAttributes(geometry), group: { int: geometry.inChannels } };
  const name = graph.emit('Conv', [x.name, weights], attributes);
  return channelsFirstValue(name, geometry.outShape);
}

function fused(convolve: (call: KernelCall) => TracedValue): TracedKernel {
  return (call) => {
    const { bias } = call.inputs;
    const result = convolve(call);
    const sum = bias ? elementwise(call.graph, 'Add', [result, bias], 'float32') : result;
    const attributes = call.attributes as FusedConv2DAttrs;
    return activation(call, sum, attributes.activation, attributes.leakyreluAlpha);
  };
}

/** Convolutions and their gradients; results stay channels first, as ONNX Runtime computes them. */
export const convolutionKernels: KernelTable = {
  Conv2D: convolution,
  DepthwiseConv2dNative: depthwiseConvolution,
  FusedConv2D: fused(convolution),
  FusedDepthwiseConv2D: fused(depthwiseConvolution),
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
};
