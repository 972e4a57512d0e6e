import { encodeModel, graphsOf, isOwnDomain, wholeNumber } from './model-message.ts';
import type { GraphMessage, ModelMessage, NodeMessage } from './model-message.ts';
import { raiseOpset } from './raise-opset.ts';

/** A model that becomes a part of another one, and the prefix that its names get. */
interface ModelPart {
  readonly prefix: string;
  readonly model: ModelMessage;
  /** Names that get no prefix: inputs and outputs of the merged model. */
  readonly unprefixed?: readonly string[];
}

/**
 * An output of one part that is an input of the next, cast to the input's element type (a number of
 * onnx.proto3).
 */
interface ModelLink {
  readonly from: string;
  readonly to: string;
  readonly elementType: number;
}

interface MergedParts {
  readonly name: string;
  /** In the order of computation; the first part has the inputs, the last one the outputs. */
  readonly parts: readonly ModelPart[];
  readonly links: readonly ModelLink[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Merges models into one: with different names, the highest opset of each domain, and only the nodes
 * that the outputs need. Changes the given parts.
 */
export function mergeModels({ name, parts, links, metadata }: MergedParts): Uint8Array {
  const opsets = highestOpsets(parts);
  for (const { model } of parts) {
    raiseOpset(model.graph, ownOpset(model), opsets.get('') ?? 0);
  }
  for (const { prefix, model, unprefixed = [] } of parts) {
    const names = new Set(unprefixed);
    renameGraph(model.graph, (value) =>
      value === '' || names.has(value) ? value : prefix + value,
    );
  }
  const [first, last] = [parts[0], parts.at(-1)];
  const joined = parts.flatMap(({ model }, index) => [
    ...links.slice(Math.max(0, index - 1), index).flatMap(linkNodes),
    ...model.graph.node,
  ]);
  const output = last?.model.graph.output ?? [];
  const { nodes, needed } = neededNodes(
    joined,
    output.map((value) => value.name),
  );
  return encodeModel({
    irVersion: Math.max(...parts.map(({ model }) => wholeNumber(model.irVersion))),
    producerName: 'negatoscope',
    opsetImport: [...opsets].map(([domain, version]) => ({ domain, version })),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    functions: parts.flatMap(({ model }) => model.functions),
    graph: {
      name,
      node: nodes,
      initializer: parts.flatMap(({ model }) =>
        model.graph.initializer.filter((tensor) => needed.has(tensor.name)),
      ),
      input: first?.model.graph.input ?? [],
      output,
    },
  });
}

/** The version of ONNX's own operators that a model uses. */
function ownOpset({ opsetImport }: ModelMessage): number {
  const found = opsetImport.find(({ domain }) => isOwnDomain(domain));
  return found ? wholeNumber(found.version) : 0;
}

function highestOpsets(parts: readonly ModelPart[]): Map<string, number> {
  const opsets = new Map<string, number>();
  for (const { domain, version } of parts.flatMap(({ model }) => model.opsetImport)) {
    const key = isOwnDomain(domain) ? '' : domain;
    opsets.set(key, Math.max(opsets.get(key) ?? 0, wholeNumber(version)));
  }
  return opsets;
}

function renameGraph(graph: GraphMessage, rename: (name: string) => string): void {
  for (const value of [...graph.input, ...graph.output, ...graph.initializer]) {
    value.name = rename(value.name);
  }
  for (const node of graph.node) {
    node.input = node.input.map(rename);
    node.output = node.output.map(rename);
    node.name = rename(node.name);
    for (const inner of graphsOf(node)) renameGraph(inner, rename);
  }
}

/**
 * The nodes of a link: a cast between two Concat nodes with one input each. Without those, ONNX Runtime
 * removes casts to half floats and back, and computes with numbers that the encoder alone never has.
 */
function linkNodes({ from, to, elementType }: ModelLink): NodeMessage[] {
  const [whole, cast] = [`${from} whole`, `${from} cast`];
  return [
    linkNode('Concat', from, whole, { name: 'axis', i: 0 }),
    linkNode('Cast', whole, cast, { name: 'to', i: elementType }),
    linkNode('Concat', cast, to, { name: 'axis', i: 0 }),
  ];
}

function linkNode(
  opType: string,
  from: string,
  to: string,
  attribute: { readonly name: string; readonly i: number },
): NodeMessage {
  const whole = { ...attribute, type: 2, ints: [], tensors: [], graphs: [] };
  return { opType, input: [from], output: [to], name: to, domain: '', attribute: [whole] };
}

/** The nodes that the outputs depend on, in their order, and the names of everything that they read. */
function neededNodes(nodes: readonly NodeMessage[], outputs: readonly string[]) {
  const needed = new Set(outputs);
  const used: NodeMessage[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.output.some((name) => needed.has(name))) continue;
    for (const name of readNames(node)) needed.add(name);
    used.push(node);
  }
  return { nodes: used.reverse(), needed };
}

/**
 * Everything that a node reads, in its branches too. Values that branches make themselves may be
 * included; they do no harm here.
 */
function readNames(node: NodeMessage): string[] {
  const inner = graphsOf(node).flatMap((graph) => [
    ...graph.node.flatMap(readNames),
    ...graph.output.map(({ name }) => name),
  ]);
  return [...node.input, ...inner];
}
