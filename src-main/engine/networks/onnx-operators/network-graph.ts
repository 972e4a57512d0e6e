import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import { isOwnDomain, wholeNumber } from '../../onnx/model-message.ts';
import type { ModelMessage, NodeMessage, TensorMessage } from '../../onnx/model-message.ts';
import { tensorValues } from '../../onnx/tensor-values.ts';
import type { TensorValues } from '../../onnx/tensor-values.ts';
import type { NetworkNode } from './operator-call.ts';
import { operatorTable } from './operator-table.ts';

/** The part of an ONNX model between its pictures and one output. */
export interface NetworkGraph {
  readonly opset: number;
  readonly input: string;
  readonly output: string;
  /** What the output needs, in the order of computation. */
  readonly nodes: readonly NetworkNode[];
  readonly constants: ReadonlyMap<string, TensorValues>;
  /** The names of the constants that a node holds; the others are weights of the file. */
  readonly fromNodes: ReadonlySet<string>;
}

/** Reads the part of a model, with its weights in the message, that one of its outputs needs. */
export function networkGraph(
  { graph, opsetImport }: ModelMessage,
  input: string,
  output: string,
): NetworkGraph {
  const constantNodes = new Map(
    graph.node
      .filter(({ opType }) => opType === 'Constant')
      .map((node) => [node.output[0] ?? '', constantOf(node)]),
  );
  const sources = constantSources(graph, output);
  const nodes = neededNodes(graph.node, output, new Set(sources.keys()));
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const stored = [...sources]
    .filter(([name]) => used.has(name))
    .map(([name, tensor]) => [name, tensorValues(tensor)] as const);
  const own = opsetImport.find(({ domain }) => isOwnDomain(domain));
  return {
    opset: wholeNumber(own?.version ?? 0),
    ...{ input, output, nodes },
    constants: new Map([...constantNodes, ...stored]),
    fromNodes: new Set(constantNodes.keys()),
  };
}

/** The operators of a graph that cannot be trained through, each once. */
export function unsupportedOperators({ nodes }: NetworkGraph): string[] {
  const known = new Set(Object.keys(operatorTable));
  return [...new Set(nodes.map(({ operator }) => operator))].filter((name) => !known.has(name));
}

/** The output of a graph for pictures, with other tensors in the place of some of its weights. */
export function runNetwork(
  graph: NetworkGraph,
  pictures: tf.Tensor4D,
  weights: ReadonlyMap<string, tf.Tensor>,
): tf.Tensor {
  const [output] = runNodes(graph, [graph.output], pictures, [...weights, [graph.input, pictures]]);
  if (!output) throw new Error(`The graph has no output ${graph.output}.`);
  return output;
}

/**
 * The named values of some nodes of a graph, in the order of computation, from given ones. Of `pictures` only
 * their number is used.
 */
export function runNodes(
  graph: Pick<NetworkGraph, 'nodes' | 'constants' | 'opset'>,
  names: readonly string[],
  pictures: tf.Tensor4D,
  given: Iterable<readonly [string, tf.Tensor]>,
): tf.Tensor[] {
  const values = new Map<string, tf.Tensor>(given);
  const valueOf = (name: string): tf.Tensor | undefined => {
    if (name === '') return undefined;
    const known = values.get(name);
    if (known) return known;
    const constant = graph.constants.get(name);
    if (!constant) throw new Error(`The value ${name} is used before it is computed.`);
    const tensor = tf.tensor(constant.values, [...constant.shape], constant.type);
    values.set(name, tensor);
    return tensor;
  };
  for (const node of graph.nodes) {
    const compute = operatorTable[node.operator];
    if (!compute) throw new Error(`The operator ${node.operator} was not refused.`);
    const inputs = node.inputs.map(valueOf);
    const outputs = [compute({ node, opset: graph.opset, inputs, pictures })].flat();
    for (const [index, name] of node.outputs.entries()) {
      const output = outputs[index];
      if (output) values.set(name, output);
    }
  }
  return names.map((name) => {
    const value = valueOf(name);
    if (!value) throw new Error(`The graph has no value ${name}.`);
    return value;
  });
}

/**
 * The stored tensor of each constant by name. PyTorch stores equal weights once and names the others by Identity;
 * each of them is trained by itself.
 */
function constantSources(
  { initializer, node }: ModelMessage['graph'],
  wanted: string,
): Map<string, TensorMessage> {
  const sources = new Map(initializer.map((tensor) => [tensor.name, tensor]));
  for (const { opType, input, output } of node) {
    const source = opType === 'Identity' ? sources.get(input[0] ?? '') : undefined;
    const [name = ''] = output;
    if (source && name !== wanted) sources.set(name, source);
  }
  return sources;
}

function neededNodes(
  nodes: readonly NodeMessage[],
  output: string,
  known: ReadonlySet<string>,
): NetworkNode[] {
  const needed = new Set([output]);
  const found: NetworkNode[] = [];
  // Nodes of a model stand in the order of computation.
  for (const node of nodes.toReversed()) {
    const isComputed = node.output.some((name) => needed.has(name) && !known.has(name));
    if (node.opType === 'Constant' || !isComputed) continue;
    for (const name of node.input) needed.add(name);
    found.unshift({
      operator: isOwnDomain(node.domain) ? node.opType : `${node.domain}.${node.opType}`,
      name: node.name,
      inputs: node.input,
      outputs: node.output,
      attributes: new Map(node.attribute.map((attribute) => [attribute.name, attribute])),
    });
  }
  return found;
}

/** @throws EngineError bad-encoder for a constant without numbers */
function constantOf({ attribute, output }: NodeMessage): TensorValues {
  for (const { name, t, i, ints, f, floats = [] } of attribute) {
    if (name === 'value' && t) return tensorValues(t);
    if (name === 'value_int' && i !== undefined) {
      return { shape: [], type: 'int32', values: Int32Array.of(wholeNumber(i)) };
    }
    if (name === 'value_ints') {
      const values = Int32Array.from(ints, wholeNumber);
      return { shape: [values.length], type: 'int32', values };
    }
    if (name === 'value_float' && f !== undefined) {
      return { shape: [], type: 'float32', values: Float32Array.of(f) };
    }
    if (name === 'value_floats') {
      return { shape: [floats.length], type: 'float32', values: Float32Array.from(floats) };
    }
  }
  throw new EngineError('bad-encoder', `The constant ${output[0] ?? ''} holds no numbers.`);
}
