import protobuf from 'protobufjs/light.js';

/** ONNX TensorProto.DataType numbers for the element types that programs use. */
export const onnxElementType = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
} as const;
export type OnnxElementType = keyof typeof onnxElementType;

/** A node attribute; the key says its ONNX type. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

export interface OnnxNode {
  readonly operator: string;
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
  readonly dims: readonly number[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: readonly OnnxInitialiser[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

/** Opset 18: reductions take their axes as an input, ScatterND can add. */
const opset = 18;
const irVersion = 8;

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const single = (type: string, id: number) => ({ type, id });

/** The messages of onnx.proto3 that programs need, with its field numbers. */
const modelType = protobuf.Root.fromJSON({
  nested: {
    OperatorSetIdProto: { fields: { domain: single('string', 1), version: single('int64', 2) } },
    Dimension: { fields: { dimValue: single('int64', 1) } },
    TensorShapeProto: { fields: { dim: repeated('Dimension', 1) } },
    TensorTypeProto: {
      fields: { elemType: single('int32', 1), shape: single('TensorShapeProto', 2) },
    },
    TypeProto: { fields: { tensorType: single('TensorTypeProto', 1) } },
    ValueInfoProto: { fields: { name: single('string', 1), type: single('TypeProto', 2) } },
    TensorProto: {
      fields: {
        dims: repeated('int64', 1),
        dataType: single('int32', 2),
        name: single('string', 8),
        rawData: single('bytes', 9),
      },
    },
    AttributeProto: {
      fields: {
        name: single('string', 1),
        f: single('float', 2),
        i: single('int64', 3),
        s: single('bytes', 4),
        ints: repeated('int64', 8),
        type: single('int32', 20),
      },
    },
    NodeProto: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        name: single('string', 3),
        opType: single('string', 4),
        attribute: repeated('AttributeProto', 5),
      },
    },
    GraphProto: {
      fields: {
        node: repeated('NodeProto', 1),
        name: single('string', 2),
        initializer: repeated('TensorProto', 5),
        input: repeated('ValueInfoProto', 11),
        output: repeated('ValueInfoProto', 12),
      },
    },
    ModelProto: {
      fields: {
        irVersion: single('int64', 1),
        producerName: single('string', 2),
        graph: single('GraphProto', 7),
        opsetImport: repeated('OperatorSetIdProto', 8),
      },
    },
  },
}).lookupType('ModelProto');

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
    attribute: Object.entries(node.attributes).map(([name, value]) =>
      attributeMessage(name, value),
    ),
  };
}

function valueInfoMessage(info: OnnxValueInfo): Record<string, unknown> {
  const shape = { dim: info.dims.map((dimValue) => ({ dimValue })) };
  return { name: info.name, type: { tensorType: { elemType: onnxElementType[info.type], shape } } };
}

/** A serialised ONNX model (IR 8, opset 18) of one graph with fixed shapes. */
export function encodeOnnxModel(graph: OnnxGraph): Uint8Array {
  const message = modelType.create({
    irVersion,
    producerName: 'negatoscope',
    opsetImport: [{ domain: '', version: opset }],
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
  return modelType.encode(message).finish();
}
