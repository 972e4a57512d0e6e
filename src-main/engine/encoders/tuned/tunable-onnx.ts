import type * as tf from '@tensorflow/tfjs';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import {
  networkGraph,
  runNetwork,
  unsupportedOperators,
} from '../../networks/onnx-operators/network-graph.ts';
import type { NetworkGraph } from '../../networks/onnx-operators/network-graph.ts';
import { cutNetworkGraph } from '../../networks/onnx-operators/cut-network-graph.ts';
import { networkWeights } from '../../networks/onnx-operators/network-weights.ts';
import { byteValues, channelsFirst, inputValues, pooledRows } from '../../networks/pooled-rows.ts';
import { layerRates } from '../../networks/tuned-network.ts';
import type { TunableNetwork, TunedNetwork } from '../../networks/tuned-network.ts';
import { weightNamed } from '../../networks/weights.ts';
import type { WeightSpec, Weights } from '../../networks/weights.ts';
import { readWholeModel } from '../loaded/whole-model.ts';
import { networkPrefix, refuseUntraceable } from './refuse-untraceable.ts';

/**
 * The network of a loaded ONNX encoder, to be trained further from any of its layers on: its graph as
 * TensorFlow.js operations, with the encoder's preprocessing before it and its pooling after it.
 * @param identity the encoder's hash
 * @throws EngineError unsupported-operation naming what cannot be trained through, bad-encoder
 */
export async function tunableOnnx(
  description: EncoderDescription,
  identity: string,
  dimensions: number,
): Promise<TunableNetwork> {
  const model = await readWholeModel(description.path);
  const graph = networkGraph(model, description.input.name, description.output.name);
  refuseOperators(graph, description);
  const weights = networkWeights(graph);
  const layers = [...new Set(weights.map(({ layer }) => layer))];
  const trainFrom = (first: string, layerDecay: number): TunedNetwork => {
    const rates = layerRates(layers, layerDecay);
    const trained = new Set(layers.slice(layers.indexOf(first)));
    const specs = weights
      .filter(({ layer }) => trained.has(layer))
      .map(({ name, layer }) => specOf(graph, name, rates.get(layer) ?? 1));
    const matrices = new Map(
      weights.flatMap(({ name, matrix }) => (matrix ? [[networkPrefix + name, matrix]] : [])),
    );
    return tunedOnnx(graph, description, { dimensions, specs, matrices });
  };
  const network = { hash: identity, layers, trainFrom };
  refuseUntraceable(description, network);
  return network;
}

function specOf({ constants }: NetworkGraph, name: string, rate: number): WeightSpec {
  const constant = constants.get(name);
  if (constant?.type !== 'float32') throw new Error(`The encoder has no weight ${name}.`);
  const { shape, values } = constant;
  return {
    name: networkPrefix + name,
    shape,
    kind: 'trainable',
    start: { kind: 'given', values },
    rate,
  };
}

function tunedOnnx(
  graph: NetworkGraph,
  { input, output, preprocessing, tokens }: EncoderDescription,
  trained: Pick<TunedNetwork, 'dimensions' | 'specs' | 'matrices'>,
): TunedNetwork {
  const isPlanar = input.layout === 'NCHW';
  const names = trained.specs.map(({ name }) => name.slice(networkPrefix.length));
  const around = {
    values: (pictures: tf.Tensor4D): tf.Tensor4D => {
      const values = inputValues(pictures, preprocessing);
      const given = input.type === 'uint8' ? byteValues(values) : values;
      return isPlanar ? channelsFirst(given) : given;
    },
    trained: (weights: Weights): ReadonlyMap<string, tf.Tensor> =>
      new Map(names.map((name) => [name, weightNamed(weights, networkPrefix + name)])),
    rows: (found: tf.Tensor): tf.Tensor2D => pooledRows(found, output.pooling, !isPlanar, tokens),
  };
  return {
    ...trained,
    resize: preprocessing,
    features: (pictures, weights) =>
      around.rows(runNetwork(graph, around.values(pictures), around.trained(weights))),
    cut: (side) => cutNetworkGraph(graph, names, around, side),
  };
}

function refuseOperators(graph: NetworkGraph, { path }: EncoderDescription): void {
  const names = unsupportedOperators(graph);
  if (names.length === 0) return;
  const list =
    names.length > 1 ? `the operators ${names.join(', ')}` : `the operator ${names[0] ?? ''}`;
  throw new EngineError(
    'unsupported-operation',
    `${path} has ${list}, through which nothing is trained here; train a head or an adapter on it.`,
  );
}
