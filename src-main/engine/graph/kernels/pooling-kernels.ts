import { backend_util } from '@tensorflow/tfjs';
import type { MaxPoolAttrs } from '@tensorflow/tfjs';
import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import { elementwise } from '../recorder/elementwise.ts';
import { input } from '../recorder/kernel-call.ts';
import type { KernelCall, KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plain, plainChannelsFirst } from '../recorder/layout.ts';
import { elementCount } from '../recorder/traced-value.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { windowAttributes } from './convolution-geometry.ts';
import type { ConvolutionGeometry } from './convolution-geometry.ts';
import { groupedInputGradient } from './input-gradient.ts';

function poolGeometry({ attributes }: KernelCall, shape: readonly number[]): ConvolutionGeometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as MaxPoolAttrs;
  const sides = [...shape] as [number, number, number, number];
  return backend_util.computePool2DInfo(sides, filterSize, strides, 1, pad, dimRoundingMode);
}

function poolAttributes(geometry: ConvolutionGeometry): Record<string, OnnxAttribute> {
  const { strides, pads } = windowAttributes(geometry);
  return {
    kernel_shape: { ints: [geometry.filterHeight, geometry.filterWidth] },
    ...(strides && pads ? { strides, pads } : {}),
  };
}

function pooling(operator: 'MaxPool' | 'AveragePool'): TracedKernel {
  return (call) => {
    const x = plainChannelsFirst(call.graph, input(call, 'x'));
    const geometry = poolGeometry(call, x.shape);
    const name = call.graph.emit(operator, [x.name], poolAttributes(geometry));
    return channelsFirstValue(name, geometry.outShape);
  };
}

/** Each gradient goes to the largest pixel of its window, the first one where several are equal. */
function maxPoolGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const x = plainChannelsFirst(graph, input(call, 'input'));
  const dy = plainChannelsFirst(graph, input(call, 'dy'));
  const geometry = poolGeometry(call, x.shape);
  const [, indices = ''] = graph.emitMany('MaxPool', [x.name], poolAttributes(geometry), 2);
  const [count, places] = [elementCount(dy.shape), elementCount(x.shape)];
  const zeros = plain(graph, graph.filled(0, [places], 'float32'));
  const summed = graph.emit(
    'ScatterElements',
    [
      zeros.name,
      graph.emit('Reshape', [indices, graph.ints([count])]),
      graph.emit('Reshape', [dy.name, graph.ints([count])]),
    ],
    { axis: { int: 0 }, reduction: { text: 'add' } },
  );
  const { batchSize, inChannels, inHeight, inWidth } = geometry;
  const shape = [batchSize, inChannels, inHeight, inWidth];
  return channelsFirstValue(graph.reshape(summed, [places], shape), geometry.inShape);
}

/** Each gradient goes in equal parts to the pixels of its window that are in the picture. */
function averagePoolGradient(call: KernelCall): TracedValue {
  const { graph } = call;
  const geometry = poolGeometry(call, input(call, 'input').shape);
  const { filterHeight, filterWidth, inChannels, outHeight, outWidth } = geometry;
  const counts = graph.constant(pixelsOfWindows(geometry), [1, outHeight, outWidth, 1], 'float32');
  const shares = elementwise(graph, 'Div', [input(call, 'dy'), counts], 'float32');
  const ones = graph.filled(1, [filterHeight, filterWidth, inChannels, 1], 'float32');
  return groupedInputGradient(graph, shares, plain(graph, ones), geometry, inChannels);
}

/** How many pixels of a picture each window holds, [outHeight · outWidth]. */
function pixelsOfWindows(geometry: ConvolutionGeometry): Float32Array {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry;
  const inside = (start: number, side: number, length: number): number =>
    Math.min(start + side, length) - Math.max(start, 0);
  return Float32Array.from({ length: outHeight * outWidth }, (_, at) => {
    const top = Math.floor(at / outWidth) * strideHeight - padInfo.top;
    const left = (at % outWidth) * strideWidth - padInfo.left;
    return (
      inside(top, geometry.filterHeight, inHeight) * inside(left, geometry.filterWidth, inWidth)
    );
  });
}

/** Pooling over windows, and its gradients. */
export const poolingKernels: KernelTable = {
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
  MaxPoolGrad: maxPoolGradient,
  AvgPoolGrad: averagePoolGradient,
};
