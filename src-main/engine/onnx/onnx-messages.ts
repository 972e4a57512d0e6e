import { modelProto } from './onnx-schema.ts';

/** ONNX's numbers (TensorProto.DataType) of the element types that programs use. */
export const onnxElementType = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
} as const;
export type OnnxElementType = keyof typeof onnxElementType;

/** An attribute of a node; the key is its ONNX type. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

export interface OnnxNode {
  readonly operator: string;
  /** The set of operators that it is of; ONNX's own where left out. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxInitialiser {
  readonly name: string;
  readonly type: OnnxElementType;
  readonly dims: readonly number[];
  readonly bytes: Uint8Array;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: OnnxElementType;
  /** A name stands for a size that may differ from run to run. */
  readonly dims: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: readonly OnnxInitialiser[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

/** Opset 18, because there reductions take their axes as an input and ScatterND can add. */
const opset = 18;
const irVersion = 8;

function attributeMessage(name: string, attribute: OnnxAttribute): Record<string, unknown> {
  if ('float' in attribute) return { name, f: attribute.float, type: 1 };
  if ('int' in attribute) return { name, i: attribute.int, type: 2 };
  if ('text' in attribute) return { name, s: new TextEncoder().encode(attribute.text), type: 3 };
  return { name, ints: attribute.ints, type: 7 };
}

function nodeMessage(node: OnnxNode, index: number): Record<string, unknown> {
  return {
    input: node.inputs,
    output: node.outputs,
    name: `${node.operator}_${index}`,
    opType: node.operator,
    domain: node.domain ?? '',
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      attributeMessage(name, value),
    ),
  };
}

function valueInfoMessage(info: OnnxValueInfo): Record<string, unknown> {
  const shape = {
    dim: info.dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })),
  };
  return { name: info.name, type: { tensorType: { elemType: onnxElementType[info.type], shape } } };
}

/** The first version of each set of operators beside ONNX's own. */
function otherOpsets(nodes: readonly OnnxNode[]): { domain: string; version: number }[] {
  const domains = new Set(nodes.flatMap(({ domain }) => domain ?? []));
  return [...domains].map((domain) => ({ domain, version: 1 }));
}

/** An ONNX model (IR 8, opset 18) of one graph as bytes, with metadata. */
export function encodeOnnxModel(
  graph: OnnxGraph,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const message = modelProto.create({
    irVersion,
    producerName: 'negatoscope',
    opsetImport: [{ domain: '', version: opset }, ...otherOpsets(graph.nodes)],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeMessage),
      initializer: graph.initialisers.map(({ name, type, dims, bytes }) => ({
        name,
        dataType: onnxElementType[type],
        dims,
        rawData: bytes,
      })),
      input: graph.inputs.map(valueInfoMessage),
      output: graph.outputs.map(valueInfoMessage),
    },
  });
  return modelProto.encode(message).finish();
}
