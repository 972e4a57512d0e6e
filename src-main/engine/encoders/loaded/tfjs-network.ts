import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import { toldReason } from '../../../contract/errors/told-reason.ts';
import type { TfjsFile } from './tfjs-file.ts';

interface TfjsOutput {
  readonly name: string;
  readonly shape: readonly (number | null)[] | null;
}

/** A TFJS model in memory, from pictures [n, height, width, 3] to any of its named outputs. */
export interface TfjsNetwork {
  readonly input: { readonly name: string; readonly shape: readonly (number | null)[] };
  /** The model's outputs, and for a layers model with a classifier also that of the layer before it. */
  readonly outputs: readonly TfjsOutput[];
  apply(pictures: tf.Tensor, output: string): tf.Tensor;
  dispose(): void;
}

/**
 * Builds the network of a TFJS model's file.
 * @throws EngineError bad-encoder
 */
export async function loadTfjsNetwork(path: string, file: TfjsFile): Promise<TfjsNetwork> {
  try {
    const handler = tf.io.fromMemory(file.artifacts);
    const network =
      file.kind === 'tfjs-graph'
        ? graphNetwork(path, await tf.loadGraphModel(handler))
        : layersNetwork(path, await tf.loadLayersModel(handler));
    return { ...network, apply: refusingToRun(path, network) };
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const reason = toldReason(cause, 'what it says of its layers or weights makes no sense');
    throw new EngineError(
      'bad-encoder',
      `${path} cannot be read as a TensorFlow.js model, or its weights are cut short: ${reason}.`,
      { cause },
    );
  }
}

/** What a model does wrong with its own weights is seen only once it is run. */
function refusingToRun(path: string, network: TfjsNetwork): TfjsNetwork['apply'] {
  return (pictures, output) => {
    try {
      return network.apply(pictures, output);
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      const reason = toldReason(cause, 'its layers do not fit together');
      throw new EngineError('bad-encoder', `${path} cannot be run: ${reason}.`, { cause });
    }
  };
}

function graphNetwork(path: string, model: tf.GraphModel): TfjsNetwork {
  const [input, ...more] = model.inputs;
  if (!input || more.length > 0) throw inputCount(path, model.inputs.length);
  return {
    input: { name: input.name, shape: openSides(input.shape) },
    outputs: model.outputs.map(({ name, shape }) => ({
      name,
      shape:
        (shape as readonly number[] | undefined)?.map((side) => (side > 0 ? side : null)) ?? null,
    })),
    apply: (pictures, output) => model.execute({ [input.name]: pictures }, output) as tf.Tensor,
    dispose: () => model.dispose(),
  };
}

function openSides(shape: readonly number[] | undefined): (number | null)[] {
  return (shape ?? []).map((side) => (side > 0 ? side : null));
}

function layersNetwork(path: string, model: tf.LayersModel): TfjsNetwork {
  const [input, ...more] = model.inputs;
  if (!input || more.length > 0) throw inputCount(path, model.inputs.length);
  const before = layerBeforeClassifier(model);
  const tensors = new Map<string, tf.SymbolicTensor>();
  if (before) tensors.set(before.name, before.output as tf.SymbolicTensor);
  for (const [index, name] of model.outputNames.entries()) {
    const tensor = model.outputs[index];
    if (tensor) tensors.set(name, tensor);
  }
  return {
    input: { name: input.name, shape: input.shape },
    outputs: [...tensors].map(([name, { shape }]) => ({ name, shape })),
    apply: (pictures, output) => {
      const outputs = tensors.get(output);
      if (!outputs) throw new EngineError('bad-argument', `${path} has no output "${output}".`);
      return tf.model({ inputs: model.inputs, outputs }).predict(pictures) as tf.Tensor;
    },
    dispose: () => void model.dispose(),
  };
}

/** The layer before the last dense layer, if there is a softmax at or after that layer. */
function layerBeforeClassifier({ layers }: tf.LayersModel): tf.layers.Layer | undefined {
  const last = layers.findLastIndex((layer) => layer.getClassName() === 'Dense');
  const isClassifier =
    last > 0 &&
    layers.slice(last).some((layer) => JSON.stringify(layer.getConfig()).includes('softmax'));
  return isClassifier ? layers[last - 1] : undefined;
}

function inputCount(path: string, count: number): EngineError {
  return new EngineError(
    'bad-encoder',
    `${path} takes ${count} inputs; an encoder takes pictures and nothing else.`,
  );
}
