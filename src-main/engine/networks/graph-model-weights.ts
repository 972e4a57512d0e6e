import type * as tf from '@tensorflow/tfjs';
import { cutGraphModel, graphModelRows } from './graph-model-cut.ts';
import type { CutGraphModel, GraphModelNode } from './graph-model-cut.ts';
import { layerRates } from './tuned-network.ts';
import type { TunableNetwork, TunedNetwork } from './tuned-network.ts';
import { weightNamed } from './weights.ts';
import type { WeightSpec, Weights } from './weights.ts';

/** A TensorFlow.js graph model that can be trained further. */
interface GraphModelToTune {
  readonly hash: string;
  readonly graph: CutGraphModel;
  /** The names of its weights by their layers, from input to output. */
  readonly layers: ReadonlyMap<string, readonly string[]>;
  /** Before the names of its weights in a checkpoint. */
  readonly prefix: string;
  readonly network: Omit<TunedNetwork, 'specs' | 'features' | 'cut'>;
}

/** A graph model whose weights can be replaced by trained ones. */
export function tunableGraphModel(given: GraphModelToTune): TunableNetwork {
  const { hash, graph, prefix } = given;
  const layers = [...given.layers.keys()];
  return {
    ...{ hash, layers },
    trainFrom: (first, layerDecay) => {
      const rates = layerRates(layers, layerDecay);
      const trained = layers.slice(layers.indexOf(first)).flatMap((layer) => {
        const names = given.layers.get(layer) ?? [];
        return names.map((name) => ({ name, rate: rates.get(layer) ?? 1 }));
      });
      const names = trained.map(({ name }) => name);
      return {
        ...given.network,
        specs: trained.map(({ name, rate }) => specOf(graph.model, name, prefix, rate)),
        features: (pictures, weights) =>
          withWeights(given, names, weights, () => graphModelRows(graph, pictures)),
        cut: (side) => {
          const cut = cutGraphModel(graph, names, side);
          return {
            ...cut,
            after: (tensors, weights) =>
              withWeights(given, names, weights, () => cut.after(tensors, weights)),
          };
        },
      };
    },
  };
}

/** Of batch norm, the inputs that are statistics. */
const statisticsFrom: Readonly<Record<string, number>> = {
  ...{ FusedBatchNorm: 3, FusedBatchNormV2: 3, FusedBatchNormV3: 3 },
};

/** The names of a graph model's weights that some of its nodes depend on, in the order of the data. */
export function weightsBefore(
  outputs: readonly string[],
  list: readonly GraphModelNode[],
  model: tf.GraphModel,
): string[] {
  const nodes = new Map(list.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const statistics = new Set<string>();
  const visit = (reference: string): void => {
    // An output of a node is written as its name and a number.
    const name = reference.replace(/:\d+$/, '');
    if (needed.has(name)) return;
    const { op = '', input = [] } = nodes.get(name) ?? {};
    for (const from of input) visit(from);
    for (const from of input.slice(statisticsFrom[op] ?? input.length)) statistics.add(from);
    // After its inputs, so that weights come in the order of the data.
    needed.add(name);
  };
  for (const name of outputs) visit(name);
  return [...needed].filter((name) => {
    const [tensor] = model.weights[name] ?? [];
    const isNumbers = tensor !== undefined && tensor.rank > 0 && tensor.dtype === 'float32';
    return isNumbers && !statistics.has(name);
  });
}

function specOf(model: tf.GraphModel, name: string, prefix: string, rate: number): WeightSpec {
  const [tensor] = model.weights[name] ?? [];
  if (!tensor) throw new Error(`The model has no weight ${name}.`);
  const start = { kind: 'given', values: tensor.dataSync<'float32'>() } as const;
  return { name: prefix + name, shape: tensor.shape, kind: 'trainable', start, rate };
}

/** Runs a model with other tensors in the place of its weights. */
function withWeights<T>(
  { graph, prefix }: Pick<GraphModelToTune, 'graph' | 'prefix'>,
  names: readonly string[],
  weights: Weights,
  run: () => T,
): T {
  const own = graph.model.weights;
  const former = names.map((name) => [name, own[name] ?? []] as const);
  for (const name of names) own[name] = [weightNamed(weights, prefix + name)];
  try {
    return run();
  } finally {
    for (const [name, tensors] of former) own[name] = tensors;
  }
}
