import type * as tf from '@tensorflow/tfjs';
import { encodeOnnxModel } from '../../onnx/onnx-messages.ts';
import type { OnnxGraph } from '../../onnx/onnx-messages.ts';
import type { ProgramSpec } from '../../graph/program.ts';
import { recordGraph } from '../../graph/trace.ts';
import { anyBatch } from '../../onnx/any-batch.ts';

/** Two sizes that no layer has, so that only the batch differs; layers models of TensorFlow.js cut what is longer than 32. */
const sizes = [19, 23] as const;

/**
 * One graph of a computation for any batch.
 * @throws EngineError unsupported-operation
 */
export function recordAnyBatch(specOf: (batch: number) => ProgramSpec): OnnxGraph {
  const [one, other] = sizes;
  return anyBatch(recordGraph(specOf(one)), recordGraph(specOf(other)));
}

/** What is computed of pictures, and how the file calls it. */
export interface RecordedModel {
  readonly name: string;
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly build: (images: tf.Tensor4D) => Record<string, tf.Tensor>;
}

/**
 * An ONNX model of a computation on pictures: input `images`, uint8 RGB [batch, size, size, 3].
 * @throws EngineError unsupported-operation
 */
export function recordedModel(
  { name, size, build }: RecordedModel,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const graph = recordAnyBatch((batch) => ({
    name,
    inputs: [{ name: 'images', shape: [batch, size, size, 3], dtype: 'uint8' }],
    build: ({ images }) => build(images as tf.Tensor4D),
  }));
  return encodeOnnxModel(graph, metadata);
}
