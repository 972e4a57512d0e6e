import * as tf from '@tensorflow/tfjs';
import type { WeightSpec, Weights } from './weights.ts';
import { weightNamed } from './weights.ts';

/**
 * The weight of a square convolution without bias, started He-normal over fan out as in
 * torchvision's resnet.
 */
export function convolutionSpec(
  name: string,
  side: number,
  channelsIn: number,
  channelsOut: number,
): WeightSpec {
  return {
    name: `${name}.weight`,
    shape: [side, side, channelsIn, channelsOut],
    kind: 'trainable',
    start: { kind: 'normal', deviation: Math.sqrt(2 / (side * side * channelsOut)) },
  };
}

/**
 * A convolution of x [n, h, w, in] -> [n, h/stride, w/stride, out], padded by (side - 1) / 2 on every
 * side as in torch. TensorFlow's "same" would pad only right and below at stride 2.
 */
export function convolution(
  x: tf.Tensor4D,
  name: string,
  weights: Weights,
  stride: number,
): tf.Tensor4D {
  const filter = weightNamed(weights, `${name}.weight`) as tf.Tensor4D;
  return tf.conv2d(x, filter, stride, (filter.shape[0] - 1) / 2);
}
