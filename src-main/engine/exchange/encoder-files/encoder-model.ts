import * as tf from '@tensorflow/tfjs';
import { encode } from '../../networks/trainable-encoder.ts';
import type { EncoderPlan } from '../../networks/trainable-encoder.ts';
import type { Weights } from '../../networks/weights.ts';
import { normaliseColours } from '../../augmentation/augmentation.ts';
import type { CheckpointTensor } from '../../checkpoints/checkpoint-format.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';
import { recordedModel } from './recorded-model.ts';

/**
 * A trained encoder with its projection head as an ONNX model. Input: `images`, uint8 RGB [batch, size,
 * size, 3], which the model scales itself. Outputs: `h` and `z`, unit rows [batch, width].
 */
export function encoderModel(
  encoder: EncoderPlan,
  tensors: readonly CheckpointTensor[],
  size: number,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const build = (images: tf.Tensor4D) => trainedRows(encoder, tensors, images);
  return recordedModel({ name: encoder.name, size, build }, metadata);
}

/**
 * h and z, as unit rows, of pictures [n, size, size, 3] with values 0 to 255, by the weights of a
 * checkpoint.
 */
export function trainedRows(
  encoder: EncoderPlan,
  tensors: readonly CheckpointTensor[],
  images: tf.Tensor4D,
): { h: tf.Tensor2D; z: tf.Tensor2D } {
  const colours = tf.mul<tf.Tensor4D>(tf.cast(images, 'float32'), 1 / 255);
  return unitOutputs(encoder, tensors, normaliseColours(colours));
}

/** h and z, as unit rows, of an encoder's input: normalised pictures, or frozen features [n, inputs]. */
export function unitOutputs(
  encoder: EncoderPlan,
  tensors: readonly CheckpointTensor[],
  given: tf.Tensor,
): { h: tf.Tensor2D; z: tf.Tensor2D } {
  const weights: Weights = Object.fromEntries(
    tensors.map(({ name, shape, values }) => [
      name,
      tf.tensor(values as Float32Array, [...shape], 'float32'),
    ]),
  );
  const { features, projected } = encode(encoder, given, weights);
  return { h: unitRows(features), z: unitRows(projected) };
}
