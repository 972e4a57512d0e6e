import { backend_util } from '@tensorflow/tfjs';
import type { MaxPoolAttrs } from '@tensorflow/tfjs';
import { input } from '../recorder/kernel-call.ts';
import type { KernelTable, TracedKernel } from '../recorder/kernel-call.ts';
import { channelsFirstValue, plainChannelsFirst } from '../recorder/layout.ts';
import { windowAttributes } from './convolution-geometry.ts';

function pooling(operator: 'MaxPool' | 'AveragePool'): TracedKernel {
  return (call) => {
    const x = plainChannelsFirst(call.graph, input(call, 'x'));
    const { filterSize, strides, pad, dimRoundingMode } = call.attributes as MaxPoolAttrs;
    const shape = [...x.shape] as [number, number, number, number];
    const geometry = backend_util.computePool2DInfo(
      shape,
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { strides: steps, pads } = windowAttributes(geometry) as Record<
      string,
      { ints: number[] }
    >;
    const name = call.graph.emit(operator, [x.name], {
      kernel_shape: { ints: [geometry.filterHeight, geometry.filterWidth] },
      ...(steps && pads ? { strides: steps, pads } : {}),
    });
    return channelsFirstValue(name, geometry.outShape);
  };
}

/** Pooling over windows, the forward pass only. */
export const poolingKernels: KernelTable = {
  MaxPool: pooling('MaxPool'),
  AvgPool: pooling('AveragePool'),
};
