import { affineSum, noteProduct } from './channel-affine.ts';
import type { GraphRecorder } from './graph-recorder.ts';
import { channelsFirst, channelsLast } from './layout.ts';
import type { OnnxAttribute } from '../../onnx/onnx-messages.ts';
import { broadcastShapes } from './traced-value.ts';
import type { TracedType, TracedValue } from './traced-value.ts';

/** Converts operands to one layout: channels first where one of them has it. */
function inOneLayout(
  graph: GraphRecorder,
  operands: readonly TracedValue[],
): readonly TracedValue[] {
  if (!operands.some((operand) => operand.channelsFirst)) return operands;
  if (operands.some((operand) => operand.shape.length > 4)) {
    return operands.map((operand) => channelsLast(graph, operand));
  }
  return operands.map((operand) =>
    operand.stored.length === 0 ? operand : channelsFirst(graph, operand),
  );
}

/** Records one elementwise ONNX node over operands that broadcast. */
export function elementwise(
  graph: GraphRecorder,
  operator: string,
  operands: readonly TracedValue[],
  dtype: TracedType,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): TracedValue {
  const ready = inOneLayout(graph, operands);
  const isChannelsFirst = ready.some((operand) => operand.channelsFirst);
  const sum = isChannelsFirst && operator === 'Add' ? affineSum(graph, ready) : null;
  const names = ready.map((operand) => operand.name);
  const name = sum ?? graph.emit(operator, names, attributes);
  if (isChannelsFirst && operator === 'Mul') noteProduct(graph, name, ready);
  return {
    name,
    shape: operands.map((operand) => operand.shape).reduce(broadcastShapes),
    dtype,
    stored: ready.map((operand) => operand.stored).reduce(broadcastShapes),
    channelsFirst: isChannelsFirst,
  };
}

/** Elementwise arithmetic on floats, in the usual notation. */
export class Arithmetic {
  readonly #graph: GraphRecorder;

  constructor(graph: GraphRecorder) {
    this.#graph = graph;
  }

  number(value: number): TracedValue {
    return this.#graph.filled(value, [], 'float32');
  }

  apply(operator: string, ...operands: TracedValue[]): TracedValue {
    return elementwise(this.#graph, operator, operands, operands[0]?.dtype ?? 'float32');
  }

  test(operator: string, ...operands: TracedValue[]): TracedValue {
    return elementwise(this.#graph, operator, operands, 'bool');
  }

  where(condition: TracedValue, then: TracedValue, otherwise: TracedValue): TracedValue {
    return elementwise(this.#graph, 'Where', [condition, then, otherwise], then.dtype);
  }
}
