import { backend_util } from '@tensorflow/tfjs';
import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import { unsupported } from '../recorder/kernel-call.ts';
import type { KernelCall } from '../recorder/kernel-call.ts';

type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Quad = [number, number, number, number];
export type ConvolutionGeometry = ReturnType<typeof backend_util.computeConv2DInfo>;

interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Pad;
  readonly dataFormat?: string;
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Sizes and paddings of a convolution in pixels, as tfjs's own backends compute them. */
export function convolutionGeometry(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
  isDepthwise = false,
): ConvolutionGeometry {
  const attributes = call.attributes as ConvolutionAttributes;
  const { strides, pad, dataFormat = 'NHWC', dilations = 1, dimRoundingMode } = attributes;
  if (dataFormat !== 'NHWC') throw unsupported(call, `uses the data format ${dataFormat}`);
  return backend_util.computeConv2DInfo(
    inputShape as Quad,
    filterShape as Quad,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    isDepthwise,
  );
}

/** Those of a depthwise convolution whose gradient is taken, which has no dilation. */
export function undilatedDepthwise(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
): ConvolutionGeometry {
  const geometry = convolutionGeometry(call, inputShape, filterShape, true);
  if (geometry.dilationHeight * geometry.dilationWidth === 1) return geometry;
  throw unsupported(call, 'has the gradient of a dilated convolution');
}

/** Strides, dilations and pads of a geometry as ONNX attributes. */
export function windowAttributes(geometry: ConvolutionGeometry): Record<string, OnnxAttribute> {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = geometry;
  return {
    strides: { ints: [strideHeight, strideWidth] },
    dilations: { ints: [dilationHeight, dilationWidth] },
    pads: { ints: [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right] },
  };
}
