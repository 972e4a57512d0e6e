import type * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../../contract/errors/errors.ts';
import { wholeNumber } from '../../onnx/model-message.ts';
import type { AttributeMessage } from '../../onnx/model-message.ts';

/** A node of an ONNX graph. */
export interface NetworkNode {
  readonly operator: string;
  /** The exporter's name of it, often with the module in it. */
  readonly name: string;
  /** The names of its inputs; empty for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeMessage>;
}

/** One use of an operator while a graph is run as TensorFlow.js operations. */
export interface OperatorCall {
  readonly node: NetworkNode;
  /** Of the model. */
  readonly opset: number;
  readonly inputs: readonly (tf.Tensor | undefined)[];
  /** The pictures that the network was given, [n, 3, height, width] or [n, height, width, 3]. */
  readonly pictures: tf.Tensor4D;
}

/** Computes the outputs of an operator, all in the order of axes that ONNX has. */
export type Operator = (call: OperatorCall) => tf.Tensor | tf.Tensor[];

export type OperatorTable = Readonly<Record<string, Operator>>;

/** The error for an operator, or for a use of it, that is not trained through. */
export function unsupported({ node }: Pick<OperatorCall, 'node'>, why: string): EngineError {
  const where = node.name === '' ? '' : ` (${node.name})`;
  return new EngineError(
    'unsupported-operation',
    `The operator ${node.operator}${where} ${why}, so this network cannot be trained further here; a head or an adapter on it can.`,
  );
}

/** The input at an index. */
export function input(call: OperatorCall, index: number): tf.Tensor {
  const tensor = call.inputs[index];
  if (!tensor) throw unsupported(call, `is used without its input ${index + 1}`);
  return tensor;
}

/** The numbers of a tensor that does not depend on the pictures; null for others. */
export function knownNumbers(tensor: tf.Tensor): number[] | null {
  try {
    return [...tensor.dataSync()];
  } catch (error) {
    // The tracer refuses to read what is known only when the program runs.
    if (error instanceof EngineError) return null;
    throw error;
  }
}

/** The numbers of an input that is a setting; null where it is left out. */
export function settingAt(call: OperatorCall, index: number): number[] | null {
  const tensor = call.inputs[index];
  if (!tensor) return null;
  const numbers = knownNumbers(tensor);
  if (numbers === null)
    throw unsupported(call, `has an input ${index + 1} that depends on the pictures`);
  return numbers;
}

/** A setting that older opsets have as the attribute, newer ones as an input; null where left out. */
export function settingOf(call: OperatorCall, attribute: string, index: number): number[] | null {
  return call.node.attributes.has(attribute) ? wholes(call, attribute) : settingAt(call, index);
}

/** A whole number of the attributes. */
export function whole(
  { node }: Pick<OperatorCall, 'node'>,
  name: string,
  otherwise: number,
): number {
  const value = node.attributes.get(name)?.i;
  return value === undefined ? otherwise : wholeNumber(value);
}

/** Whole numbers of the attributes; empty where they are left out. */
export function wholes({ node }: OperatorCall, name: string): number[] {
  return (node.attributes.get(name)?.ints ?? []).map(wholeNumber);
}

/** A number of the attributes. */
export function decimal({ node }: OperatorCall, name: string, otherwise: number): number {
  return node.attributes.get(name)?.f ?? otherwise;
}

/** A text of the attributes. */
export function text({ node }: OperatorCall, name: string, otherwise: string): string {
  const bytes = node.attributes.get(name)?.s;
  return bytes && bytes.length > 0 ? new TextDecoder().decode(bytes) : otherwise;
}

/** An axis counted from the front. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
