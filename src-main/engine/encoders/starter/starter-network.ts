import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import { compileProgram } from '../../graph/compile-program.ts';
import type { CompileOptions } from '../../graph/compile-program.ts';
import { openInThreads } from '../../graph/program-threads.ts';
import type { StatelessProgram } from '../../graph/program-threads.ts';
import type { Program, ProgramSpec } from '../../graph/program.ts';
import type { GraphModelNode } from '../../networks/graph-model-cut.ts';
import { unitRows } from '../../numeric/unit-row-tensor.ts';

/** Side in pixels of the starter encoder's pictures: the middle square, RGB, 0 to 255. */
export const starterSide = 224;

/**
 * The layers of centernet's MobileNetV3 whose means over the picture are the features. Their receptive
 * fields grow; together they separate clothes and emoji better than the last layer does.
 */
export const taps = [
  { node: 'tower_0/MobilenetV3/expanded_conv_9/add', channels: 64 },
  { node: 'tower_0/MobilenetV3/expanded_conv_11/add', channels: 88 },
  { node: 'tower_0/MobilenetV3/expanded_conv_14/add', channels: 120 },
  { node: 'tower_0/extern1/hard_swish/mul_1', channels: 480 },
] as const;

/** Length of the starter encoder's features, before whitening. */
export const starterDimensions = taps.reduce((sum, { channels }) => sum + channels, 0);

interface StarterNode extends GraphModelNode {
  readonly attr?: { shape?: { shape?: { dim?: { size: string }[] } } };
}

export interface GraphModelJson {
  readonly modelTopology: { readonly node: readonly StarterNode[] };
  readonly weightsManifest: readonly { readonly weights: tf.io.WeightsManifestEntry[] }[];
}

/** The model's file. @throws EngineError bad-argument */
export function parseModel(modelJson: string): GraphModelJson {
  try {
    const model = JSON.parse(modelJson) as Partial<GraphModelJson>;
    if (model.modelTopology && model.weightsManifest) return model as GraphModelJson;
  } catch (cause) {
    throw new EngineError('bad-argument', 'The starter encoder’s model file is not JSON.', {
      cause,
    });
  }
  throw new EngineError(
    'bad-argument',
    'The starter encoder’s model file is no TensorFlow.js graph model.',
  );
}

/**
 * The model with an input of any size; its file says 512 x 512, but the layers up to the taps take
 * any.
 */
function withFreeSize(model: GraphModelJson): GraphModelJson['modelTopology'] {
  const node = model.modelTopology.node.map((each) => {
    if (each.op !== 'Placeholder') return each;
    const dim = [-1, -1, -1, 3].map((size) => ({ size: String(size) }));
    return { ...each, attr: { ...each.attr, shape: { shape: { dim } } } };
  });
  return { ...model.modelTopology, node };
}

/** The layers up to the taps, for pictures of any size. @throws EngineError bad-argument */
export async function loadBackbone(
  modelJson: string,
  weightBytes: Uint8Array,
): Promise<tf.GraphModel> {
  const model = parseModel(modelJson);
  return tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology: withFreeSize(model),
      weightSpecs: model.weightsManifest.flatMap(({ weights }) => weights),
      weightData: weightBytes.slice().buffer,
    }),
  );
}

/** The means of the taps over the picture, each scaled to length 1, side by side; [n, 752]. */
export function tappedFeatures(backbone: tf.GraphModel, images: tf.Tensor): tf.Tensor {
  const outputs = backbone.execute(
    tf.cast(images, 'float32'),
    taps.map(({ node }) => node),
  ) as tf.Tensor[];
  return tappedRows(outputs);
}

/** The same of the layers' outputs [n, height, width, channels]. */
export function tappedRows(outputs: readonly tf.Tensor[]): tf.Tensor2D {
  return tf.concat(
    outputs.map((output) => unitRows(tf.mean<tf.Tensor2D>(output, [1, 2]))),
    1,
  );
}

/**
 * The starter encoder as tfjs operations: features [n, 752] of pictures [n, 224, 224, 3] of 0 to 255.
 * @throws EngineError bad-argument if the files are not the model's
 */
export async function loadStarterFeatures(modelJson: string, weightBytes: Uint8Array) {
  const backbone = await loadBackbone(modelJson, weightBytes);
  return {
    features: (images: tf.Tensor) => tappedFeatures(backbone, images) as tf.Tensor2D,
    dispose: () => backbone.dispose(),
  };
}

/**
 * The starter encoder as a program: centernet's backbone (npm package @vladmandic/human, MIT, trained
 * on COCO). Input `images` [batch, 224, 224, 3] bytes; output `features` [batch, 752], four unit
 * vectors side by side.
 * @throws EngineError bad-argument if the files are not the model's
 */
export async function createStarterProgram(
  modelJson: string,
  weightBytes: Uint8Array,
  batchSize: number,
  device: string,
  options: CompileOptions = {},
): Promise<Program> {
  const { spec, dispose } = await starterSpec(modelJson, weightBytes, batchSize);
  const program = await compileProgram(spec, device, options);
  // A traced program has its own copy of the weights; an eager one uses these.
  if (device !== 'tensorflow' && device !== 'tfjs-cpu') dispose();
  return program;
}

/**
 * The same in threads of its own on the processor, as `openInThreads` has it.
 * @throws EngineError bad-argument if the files are not the model's
 */
export async function openStarterThreads(
  modelJson: string,
  weightBytes: Uint8Array,
  batchSize: number,
  threads: number,
): Promise<StatelessProgram[]> {
  const { spec, dispose } = await starterSpec(modelJson, weightBytes, batchSize);
  try {
    return await openInThreads(spec, threads);
  } finally {
    dispose();
  }
}

async function starterSpec(
  modelJson: string,
  weightBytes: Uint8Array,
  batchSize: number,
): Promise<{ readonly spec: ProgramSpec; readonly dispose: () => void }> {
  const backbone = await loadBackbone(modelJson, weightBytes);
  const spec: ProgramSpec = {
    name: 'starter-encoder',
    inputs: [{ name: 'images', shape: [batchSize, starterSide, starterSide, 3], dtype: 'uint8' }],
    build: ({ images }) => {
      if (!images)
        throw new EngineError('internal', 'The starter encoder was built without images.');
      return { features: tappedFeatures(backbone, images) };
    },
  };
  return { spec, dispose: () => backbone.dispose() };
}
