import type * as tf from '@tensorflow/tfjs';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { encodeOnnxModel, onnxElementType } from '../../onnx/onnx-messages.ts';
import type { ProgramSpec } from '../../graph/program.ts';
import { recordGraph } from '../../graph/trace.ts';
import { byteValues, channelsFirst, inputValues, pooledRows } from '../../networks/pooled-rows.ts';
import { openOnnxModel } from '../../encoders/loaded/onnx-model.ts';
import { InputValues } from '../../networks/input-values.ts';
import { mergeModels } from '../../onnx/merge-models.ts';
import { decodeModel } from '../../onnx/model-message.ts';
import type { ModelMessage } from '../../onnx/model-message.ts';
import { recordAnyBatch } from './recorded-model.ts';
import { readWholeModel } from '../../encoders/loaded/whole-model.ts';

const inputTypes = { ...onnxElementType, float16: 10 } as const;

interface MergedHead {
  readonly name: string;
  readonly description: EncoderDescription;
  /** Computes the outputs of the head from unit rows of the encoder. */
  readonly build: (rows: tf.Tensor2D) => Record<string, tf.Tensor>;
}

/**
 * An ONNX encoder, its preprocessing before it and a head after it, in one graph. Where the encoder's
 * file fixes the batch size, the merged model has the same fixed batch size.
 * @throws EngineError bad-encoder, unsupported-operation
 */
export async function mergedHeadModel(
  { name, description, build }: MergedHead,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { input, output, preprocessing, path, tokens } = description;
  const { width, height } = preprocessing;
  const body = await readWholeModel(path);
  const shape = await outputShape(description);
  const before = recorded(input.batch, (batch) => ({
    name: 'preprocessing',
    inputs: [{ name: 'images', shape: [batch, height, width, 3], dtype: 'uint8' }],
    build: ({ images }) => {
      const values = inputValues(images as tf.Tensor4D, preprocessing);
      const given = input.type === 'uint8' ? byteValues(values) : values;
      return { values: input.layout === 'NCHW' ? channelsFirst(given) : given };
    },
  }));
  const after = recorded(input.batch, (batch) => ({
    name: 'head',
    inputs: [{ name: 'given', shape: [batch, ...shape.slice(1)], dtype: 'float' }],
    build: ({ given }) =>
      build(pooledRows(given as tf.Tensor, output.pooling, input.layout === 'NHWC', tokens)),
  }));
  return mergeModels({
    name,
    parts: [
      { prefix: 'preprocessing/', model: before, unprefixed: ['images'] },
      { prefix: 'encoder/', model: body },
      { prefix: 'head/', model: after, unprefixed: after.graph.output.map((value) => value.name) },
    ],
    links: [
      {
        from: 'preprocessing/values',
        to: `encoder/${input.name}`,
        elementType: inputTypes[input.type],
      },
      { from: `encoder/${output.name}`, to: 'head/given', elementType: inputTypes.float32 },
    ],
    metadata,
  });
}

function recorded(batch: number | null, specOf: (batch: number) => ProgramSpec): ModelMessage {
  const graph = batch === null ? recordAnyBatch(specOf) : recordGraph(specOf(batch));
  return decodeModel(encodeOnnxModel(graph));
}

/** The dimensions of the encoder's output; the first counts pictures. The file need not state them. */
async function outputShape(description: EncoderDescription): Promise<readonly number[]> {
  const { input, preprocessing } = description;
  const batch = input.batch ?? 1;
  const model = await openOnnxModel(description, 'cpu');
  try {
    const black = new Uint8Array(batch * preprocessing.width * preprocessing.height * 3);
    const values = new InputValues(input, preprocessing).of(black, batch);
    return (await model.run(values, batch)).shape;
  } finally {
    await model.dispose();
  }
}
