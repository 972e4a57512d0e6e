import { wholeNumber } from './model-message.ts';
import type { GraphMessage, NodeMessage, TensorMessage } from './model-message.ts';
import { graphsOf, isOwnDomain } from './model-message.ts';

/** From which opset on an operator takes an attribute as an input: its name, and the input's place. */
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
 * Rewrites, in place, the operators of a graph that a higher opset writes in another way (axes and parts
 * as inputs, ONNX 13 and 18). What else has changed is for ONNX Runtime and a comparison to find out.
 */
export function raiseOpset(graph: GraphMessage, from: number, to: number): void {
  for (const [place, node] of graph.node.entries()) {
    for (const inner of graphsOf(node)) raiseOpset(inner, from, to);
    if (!isOwnDomain(node.domain)) continue;
    const constant = moveToInput(node, from, to, `${node.output[0] ?? place}:${node.opType}`);
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
  const kept = { dataLocation: 0, externalData: [], rawData };
  return { name, dims: [values.length], dataType: 7, ...kept };
}

function wholeNumberAttribute(name: string, i: number): NodeMessage['attribute'][number] {
  return { name, i, type: 2, ints: [], tensors: [], graphs: [] };
}
