import * as tf from '@tensorflow/tfjs';
import { encodeOnnxModel } from '../../compute/onnx-messages.ts';
import type { ProgramSpec } from '../../compute/program.ts';
import { recordGraph } from '../../compute/trace.ts';
import { encode } from '../../encoders/trainable-encoder.ts';
import type { EncoderPlan } from '../../encoders/trainable-encoder.ts';
import type { Weights } from '../../encoders/weights.ts';
import { normaliseColours } from '../../training/augmentation.ts';
import type { CheckpointTensor } from '../../training/checkpoint-format.ts';
import { unitRows } from '../../training/unit-rows.ts';
import { anyBatch } from './any-batch.ts';

/**
 * A trained encoder with its projection head as an ONNX model of its own: input `images`, uint8 RGB
 * [batch, size, size, 3], with the scaling of colours inside; outputs `h` and `z`, unit rows.
 */
export function encoderModel(
  encoder: EncoderPlan,
  tensors: readonly CheckpointTensor[],
  size: number,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  // Two sizes that no layer of an encoder has, so that only the batch differs.
  const graphs = [3, 5].map((batch) => recordGraph(encoderSpec(encoder, tensors, size, batch)));
  const [one, other] = graphs;
  if (!one || !other) throw new Error('Two graphs were to be recorded.');
  return encodeOnnxModel(anyBatch(one, other), metadata);
}

function encoderSpec(
  encoder: EncoderPlan,
  tensors: readonly CheckpointTensor[],
  size: number,
  batch: number,
): ProgramSpec {
  return {
    name: encoder.name,
    inputs: [{ name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' }],
    build: ({ images }) => {
      const weights: Weights = Object.fromEntries(
        tensors.map(({ name, shape, values }) => [
          name,
          tf.tensor(values as Float32Array, [...shape], 'float32'),
        ]),
      );
      const colours = tf.mul<tf.Tensor4D>(tf.cast(images as tf.Tensor, 'float32'), 1 / 255);
      const { features, projected } = encode(encoder, normaliseColours(colours), weights);
      return { h: unitRows(features), z: unitRows(projected) };
    },
  };
}
