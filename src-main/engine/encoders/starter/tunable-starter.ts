import * as tf from '@tensorflow/tfjs';
import { layerRates } from '../../networks/tuned-network.ts';
import type { TunableNetwork, TunedNetwork } from '../../networks/tuned-network.ts';
import { weightNamed } from '../../networks/weights.ts';
import type { WeightSpec, Weights } from '../../networks/weights.ts';
import { readStarterFiles } from './starter-files.ts';
import {
  loadBackbone,
  parseModel,
  starterDimensions,
  tappedFeatures,
  taps,
} from './starter-network.ts';
import type { GraphModelJson } from './starter-network.ts';

/** The block of MobileNetV3 that a weight belongs to, in the weight's name. */
const layerOfWeight = /(?:^|\/)(Conv|expanded_conv(?:_\d+)?|extern1)\//;

/** Four unit vectors side by side have length 2. */
const scale = 0.5;

/** Networks by the hash of their files: each is loaded once, because tfjs keeps its weights in memory. */
const loaded = new Map<string, Promise<tf.GraphModel>>();

/**
 * The starter encoder's network, to be trained further from any of its blocks on.
 * @throws EngineError not-found if its files cannot be read
 */
export async function tunableStarter(modelFolder: string): Promise<TunableNetwork> {
  const { modelJson, weightBytes, hash } = await readStarterFiles(modelFolder);
  const loading = loaded.get(hash) ?? loadBackbone(modelJson, weightBytes);
  loaded.set(hash, loading);
  const backbone = await loading;
  const weights = weightsByLayer(parseModel(modelJson), backbone);
  const layers = [...weights.keys()];
  return {
    ...{ hash, layers },
    trainFrom: (first, layerDecay) => {
      const rates = layerRates(layers, layerDecay);
      const trained = layers.slice(layers.indexOf(first));
      const specs = trained.flatMap((layer) =>
        (weights.get(layer) ?? []).map((name) => specOf(backbone, name, rates.get(layer) ?? 1)),
      );
      return tunedStarter(backbone, specs);
    },
  };
}

/** The names of the weights that the taps depend on, by their layers from input to output. */
function weightsByLayer(
  { modelTopology }: GraphModelJson,
  backbone: tf.GraphModel,
): ReadonlyMap<string, readonly string[]> {
  const nodes = new Map(modelTopology.node.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    for (const input of nodes.get(name)?.input ?? []) visit(input);
    // After its inputs, so that layers come in the order of the data.
    needed.add(name);
  };
  for (const { node } of taps) visit(node);
  const isTrained = (name: string): boolean => {
    const [tensor] = backbone.weights[name] ?? [];
    return tensor !== undefined && tensor.rank > 0 && tensor.dtype === 'float32';
  };
  return Map.groupBy([...needed].filter(isTrained), (name) => layerOfWeight.exec(name)?.[1] ?? '');
}

function specOf(backbone: tf.GraphModel, name: string, rate: number): WeightSpec {
  const [tensor] = backbone.weights[name] ?? [];
  if (!tensor) throw new Error(`The starter encoder has no weight ${name}.`);
  const values = tensor.dataSync<'float32'>();
  return { name, shape: tensor.shape, kind: 'trainable', start: { kind: 'given', values }, rate };
}

function tunedStarter(backbone: tf.GraphModel, specs: readonly WeightSpec[]): TunedNetwork {
  return {
    dimensions: starterDimensions,
    specs,
    features: (pictures, weights) =>
      withWeights(backbone, specs, weights, () =>
        tf.mul(tappedFeatures(backbone, pictures), scale),
      ),
  };
}

/** Runs the network with other tensors in the place of its weights. */
function withWeights<T>(
  backbone: tf.GraphModel,
  specs: readonly WeightSpec[],
  weights: Weights,
  run: () => T,
): T {
  const own = backbone.weights;
  const former = specs.map(({ name }) => [name, own[name] ?? []] as const);
  for (const { name } of specs) own[name] = [weightNamed(weights, name)];
  try {
    return run();
  } finally {
    for (const [name, tensors] of former) own[name] = tensors;
  }
}
