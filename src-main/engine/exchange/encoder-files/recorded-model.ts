import type * as tf from '@tensorflow/tfjs';
import { encodeOnnxModel } from '../../onnx/onnx-messages.ts';
import type { OnnxGraph } from '../../onnx/onnx-messages.ts';
import type { ProgramSpec } from '../../graph/program.ts';
import { recordGraph } from '../../graph/trace.ts';
import { anyBatch } from '../../onnx/any-batch.ts';

/**
 * Two batch sizes that no layer has as its width, so that a difference between the two recordings must
 * be the batch. Above 32, layers models of TensorFlow.js split the batch.
 */
const sizes = [19, 23] as const;

/**
 * Records a computation as one graph that takes any batch size.
 * @throws EngineError unsupported-operation
 */
export function recordAnyBatch(specOf: (batch: number) => ProgramSpec): OnnxGraph {
  const [one, other] = sizes;
  return anyBatch(recordGraph(specOf(one)), recordGraph(specOf(other)));
}

/** A computation on pictures, and the names that the file gives its outputs. */
interface RecordedModel {
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
