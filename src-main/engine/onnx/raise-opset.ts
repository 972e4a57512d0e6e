import { wholeNumber } from './model-message.ts';
import type { GraphMessage, NodeMessage, TensorMessage } from './model-message.ts';
import { graphsOf, isOwnDomain } from './model-message.ts';

/**
 * The opset from which on an operator takes an attribute as an input: the attribute's name, and the
 * index of the input.
 */
const becameInputs: Readonly<Record<string, readonly [opset: number, attribute: string]>> = {
  ReduceSum: [13, 'axes'],
  Squeeze: [13, 'axes'],
  Unsqueeze: [13, 'axes'],
  Split: [13, 'split'],
  ...Object.fromEntries(
    ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'SumSquare'].map(
      (name) => [`Reduce${name}`, [18, 'axes']] as const,
    ),
  ),
};

/**
 * Rewrites, in the given graph, the operators that a higher opset writes in another way (axes and parts
 * as inputs, ONNX 13 and 18). ONNX Runtime and a comparison of features must find any other change.
 */
export function raiseOpset(graph: GraphMessage, from: number, to: number): void {
  for (const [index, node] of graph.node.entries()) {
    for (const inner of graphsOf(node)) raiseOpset(inner, from, to);
    if (!isOwnDomain(node.domain)) continue;
    const constant = moveToInput(node, from, to, `${node.output[0] ?? index}:${node.opType}`);
    if (constant) graph.initializer.push(constant);
    if (node.opType === 'Split' && from < 18 && to >= 18 && node.input.length < 2) {
      node.attribute.push(wholeNumberAttribute('num_outputs', node.output.length));
    }
  }
}

function moveToInput(
  node: NodeMessage,
  from: number,
  to: number,
  name: string,
): TensorMessage | null {
  const [since, wanted] = becameInputs[node.opType] ?? [];
  if (since === undefined || from >= since || to < since) return null;
  const found = node.attribute.find((attribute) => attribute.name === wanted);
  if (!found) return null;
  node.attribute = node.attribute.filter((attribute) => attribute !== found);
  node.input = [node.input[0] ?? '', name];
  const values = BigInt64Array.from(found.ints, (value) => BigInt(wholeNumber(value)));
  const rawData = new Uint8Array(values.buffer);
  const data = { dataLocation: 0, externalData: [], rawData };
  return { name, dims: [values.length], dataType: 7, ...data };
}

function wholeNumberAttribute(name: string, i: number): NodeMessage['attribute'][number] {
  return { name, i, type: 2, ints: [], tensors: [], graphs: [] };
}
