import { modelProto } from './onnx-schema.ts';

/** The messages of an ONNX model, as protobufjs decodes them; they can be changed and written again. */
export interface ModelMessage {
  irVersion: number | { toNumber(): number };
  graph: GraphMessage;
  opsetImport: { domain: string; version: number | { toNumber(): number } }[];
  metadataProps: { key: string; value: string }[];
  functions: Uint8Array[];
}
export interface GraphMessage {
  node: NodeMessage[];
  initializer: TensorMessage[];
  input: { name: string }[];
  output: { name: string }[];
  sparseInitializer: Uint8Array[];
}
export interface NodeMessage {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  domain: string;
  attribute: AttributeMessage[];
}
export interface AttributeMessage {
  name: string;
  type: number;
  i?: number | { toNumber(): number };
  f?: number;
  /** Text, in UTF-8. */
  s?: Uint8Array;
  floats?: number[];
  ints: (number | { toNumber(): number })[];
  t?: TensorMessage | null;
  tensors: TensorMessage[];
  g?: GraphMessage | null;
  graphs: GraphMessage[];
}
export interface TensorMessage {
  name: string;
  dims: readonly number[];
  dataType: number;
  dataLocation: number;
  externalData: { key: string; value: string }[];
  rawData: Uint8Array;
  /** Packed numbers, where they are not in `rawData`. */
  floatData?: Uint8Array;
  int32Data?: Uint8Array;
  int64Data?: Uint8Array;
  doubleData?: Uint8Array;
  uint64Data?: Uint8Array;
}

/** Reads an ONNX model from its bytes. */
export function decodeModel(bytes: Uint8Array): ModelMessage {
  return modelProto.decode(bytes) as unknown as ModelMessage;
}

/** Writes an ONNX model as bytes. */
export function encodeModel(message: object): Uint8Array {
  return modelProto.encode(modelProto.fromObject(message)).finish();
}

/** A whole number of a message as a JavaScript number; protobufjs decodes 64-bit numbers as objects. */
export function wholeNumber(value: number | { toNumber(): number }): number {
  return typeof value === 'number' ? value : value.toNumber();
}

/** Whether a domain is ONNX's own. */
export const isOwnDomain = (domain: string): boolean => domain === '' || domain === 'ai.onnx';

/** The graphs in a node's attributes: branches, and bodies of loops. */
export function graphsOf({ attribute }: NodeMessage): GraphMessage[] {
  return attribute.flatMap(({ g, graphs }) => [...(g ? [g] : []), ...graphs]);
}

/** Every tensor in a graph, those in its nodes included. */
export function* tensorsOf(graph: GraphMessage): Generator<TensorMessage> {
  yield* graph.initializer;
  for (const node of graph.node) {
    for (const { t, tensors } of node.attribute) {
      if (t) yield t;
      yield* tensors;
    }
    for (const inner of graphsOf(node)) yield* tensorsOf(inner);
  }
}
