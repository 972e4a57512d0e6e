import { layersOfWeights, numberedModule } from '../layer-names.ts';
import { whole } from './operator-call.ts';
import type { MatrixOrder } from '../tuned-network.ts';
import type { NetworkGraph } from './network-graph.ts';
import type { NetworkNode } from './operator-call.ts';

/** A constant of a graph that can be trained. */
export interface NetworkWeight {
  readonly name: string;
  /** The layer that it belongs to. */
  readonly layer: string;
  /** For the matrix of a linear layer, how it is stored; null for other weights. */
  readonly matrix: MatrixOrder | null;
}

interface Used {
  readonly name: string;
  /** The first node that takes it. */
  readonly node: NetworkNode;
  readonly matrix: MatrixOrder | null;
}

/** Operators whose second input is the weights of a layer, wherever the file stores them. */
const layerOperators = ['Conv', 'Gemm', 'MatMul'];

/** Of operators that take statistics or settings, the index of the first of these inputs. */
const firstSetting: Readonly<Record<string, number>> = {
  BatchNormalization: 3,
  ...{ Resize: 1, Clip: 1, Pad: 1 },
};

/**
 * The weights of a graph in the order of their use, by layers. The layer is in the weight's name
 * (`blocks.3.attn.qkv.weight`), or in that of the node that takes it (`/blocks/blocks.3/attn/qkv/MatMul`).
 */
export function networkWeights(graph: NetworkGraph): NetworkWeight[] {
  const used = usedWeights(graph);
  const layers = layersOfWeights(
    used.map(({ name, node }) => numberedModule(name) ?? numberedModule(scopeOf(node))),
  );
  return used.map(({ name, matrix }, index) => ({ name, matrix, layer: layers[index] ?? '' }));
}

function usedWeights(graph: NetworkGraph): Used[] {
  const found = new Map<string, Used>();
  for (const node of graph.nodes) {
    for (const [index, name] of node.inputs.entries()) {
      if (found.has(name) || !isWeight(graph, node, index)) continue;
      found.set(name, { name, node, matrix: matrixOrder(graph, node, index) });
    }
  }
  return [...found.values()];
}

/** Whether an input of a node is a constant that can be trained: no single number, statistic or setting. */
function isWeight(
  { constants, fromNodes }: NetworkGraph,
  node: NetworkNode,
  index: number,
): boolean {
  const name = node.inputs[index] ?? '';
  const constant = constants.get(name);
  if (constant?.type !== 'float32' || constant.values.length < 2) return false;
  if (index >= (firstSetting[node.operator] ?? Infinity)) return false;
  return !fromNodes.has(name) || (index > 0 && layerOperators.includes(node.operator));
}

/** How an input of a node that is the matrix of a linear layer is stored; it may be turned first. */
function matrixOrder(
  { nodes, constants }: NetworkGraph,
  node: NetworkNode,
  index: number,
): MatrixOrder | null {
  if (constants.get(node.inputs[index] ?? '')?.shape.length !== 2) return null;
  if (node.operator !== 'Transpose') return index === 1 ? orderIn(node) : null;
  const [turned = ''] = node.outputs;
  const product = nodes.find((next) => next.inputs[1] === turned);
  const order = product ? orderIn(product) : null;
  return order && (order === 'inputs first' ? 'outputs first' : 'inputs first');
}

/** How the second factor of a product is stored; null for other operators. */
function orderIn(node: NetworkNode): MatrixOrder | null {
  if (node.operator === 'MatMul') return 'inputs first';
  if (node.operator !== 'Gemm') return null;
  return whole({ node }, 'transB', 0) === 1 ? 'outputs first' : 'inputs first';
}

/** The module in a node's name: `/layer1/layer1.0/conv1/Conv` is in `layer1.0.conv1`. */
function scopeOf({ name }: NetworkNode): string {
  const scopes = name.split('/').filter((part) => part !== '');
  const modules = scopes.filter((part, at) => !(scopes[at + 1] ?? '').startsWith(`${part}.`));
  return modules.join('.');
}
