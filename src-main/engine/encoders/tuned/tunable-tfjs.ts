import * as tf from '@tensorflow/tfjs';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { tunableGraphModel, weightsBefore } from '../../networks/graph-model-weights.ts';
import type { GraphModelNode } from '../../networks/graph-model-cut.ts';
import { layersOfWeights } from '../../networks/layer-names.ts';
import { inputValues, pooledRows } from '../../networks/pooled-rows.ts';
import type { TunableNetwork } from '../../networks/tuned-network.ts';
import { readTfjsFile } from '../loaded/tfjs-file.ts';
import { networkPrefix, refuseUntraceable } from './refuse-untraceable.ts';

/** A numbered block, stage or layer among the modules in a weight's name: `block_3` in `block_3_expand`. */
const block = /^((?!.*conv2d)[a-z_]*(?:block|stage|layer|conv)[a-z_]*\d+)(?:_[a-z_]+)?$/i;

/**
 * The network of a loaded TensorFlow.js graph model, to be trained further from any of its layers on.
 * @throws EngineError unsupported-operation for a layers model and for what cannot be trained through,
 * bad-encoder
 */
export async function tunableTfjs(
  description: EncoderDescription,
  identity: string,
  dimensions: number,
): Promise<TunableNetwork> {
  const { path, output, preprocessing, tokens, input } = description;
  const { kind, artifacts } = await readTfjsFile(path);
  if (kind !== 'tfjs-graph') {
    throw new EngineError(
      'unsupported-operation',
      `${path} is a TensorFlow.js layers model, through which nothing is trained here: write it as a graph model (tensorflowjs_converter --output_format tfjs_graph_model), or train a head or an adapter on it.`,
    );
  }
  const model = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  const { node } = artifacts.modelTopology as { readonly node: readonly GraphModelNode[] };
  const names = weightsBefore([output.name], node, model);
  const layers = layersOfWeights(names.map(layerIn));
  const network = tunableGraphModel({
    ...{ hash: identity, prefix: networkPrefix },
    layers: Map.groupBy(names, (_, at) => layers[at] ?? ''),
    network: { dimensions, resize: preprocessing },
    graph: {
      ...{ model, nodes: node, input: input.name, outputs: [output.name] },
      values: (pictures) => inputValues(pictures, preprocessing),
      rows: ([found]) => pooledRows(found as tf.Tensor, output.pooling, true, tokens),
      summary: (found) => found,
    },
  });
  refuseUntraceable(description, network);
  return network;
}

function layerIn(name: string): string | null {
  const found = name.split('/').flatMap((module) => block.exec(module)?.[1] ?? []);
  return found[0] ?? null;
}
