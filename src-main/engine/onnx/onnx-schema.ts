import protobuf from 'protobufjs/light.js';

const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });
const single = (type: string, id: number) => ({ type, id });

/**
 * The messages of onnx.proto3 that are read and written here, with its field numbers. Other fields do
 * not affect the computation and are skipped. Bytes stand for packed numbers and for messages that are
 * only copied.
 */
export const modelProto = protobuf.Root.fromJSON({
  nested: {
    OperatorSetIdProto: { fields: { domain: single('string', 1), version: single('int64', 2) } },
    StringStringEntryProto: { fields: { key: single('string', 1), value: single('string', 2) } },
    Dimension: { fields: { dimValue: single('int64', 1), dimParam: single('string', 2) } },
    TensorShapeProto: { fields: { dim: repeated('Dimension', 1) } },
    TensorTypeProto: {
      fields: { elemType: single('int32', 1), shape: single('TensorShapeProto', 2) },
    },
    TypeProto: {
      fields: {
        tensorType: single('TensorTypeProto', 1),
        sequenceType: single('bytes', 4),
        mapType: single('bytes', 5),
        optionalType: single('bytes', 9),
      },
    },
    ValueInfoProto: { fields: { name: single('string', 1), type: single('TypeProto', 2) } },
    TensorProto: {
      fields: {
        dims: repeated('int64', 1),
        dataType: single('int32', 2),
        floatData: single('bytes', 4),
        int32Data: single('bytes', 5),
        stringData: repeated('bytes', 6),
        int64Data: single('bytes', 7),
        name: single('string', 8),
        rawData: single('bytes', 9),
        doubleData: single('bytes', 10),
        uint64Data: single('bytes', 11),
        externalData: repeated('StringStringEntryProto', 13),
        dataLocation: single('int32', 14),
      },
    },
    AttributeProto: {
      fields: {
        name: single('string', 1),
        f: single('float', 2),
        i: single('int64', 3),
        s: single('bytes', 4),
        t: single('TensorProto', 5),
        g: single('GraphProto', 6),
        floats: repeated('float', 7),
        ints: repeated('int64', 8),
        strings: repeated('bytes', 9),
        tensors: repeated('TensorProto', 10),
        graphs: repeated('GraphProto', 11),
        tp: single('bytes', 14),
        typeProtos: repeated('bytes', 15),
        type: single('int32', 20),
        refAttrName: single('string', 21),
        sparseTensor: single('bytes', 22),
        sparseTensors: repeated('bytes', 23),
      },
    },
    NodeProto: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        name: single('string', 3),
        opType: single('string', 4),
        attribute: repeated('AttributeProto', 5),
        domain: single('string', 7),
        overload: single('string', 8),
      },
    },
    GraphProto: {
      fields: {
        node: repeated('NodeProto', 1),
        name: single('string', 2),
        initializer: repeated('TensorProto', 5),
        input: repeated('ValueInfoProto', 11),
        output: repeated('ValueInfoProto', 12),
        sparseInitializer: repeated('bytes', 15),
      },
    },
    ModelProto: {
      fields: {
        irVersion: single('int64', 1),
        producerName: single('string', 2),
        graph: single('GraphProto', 7),
        opsetImport: repeated('OperatorSetIdProto', 8),
        metadataProps: repeated('StringStringEntryProto', 14),
        functions: repeated('bytes', 25),
      },
    },
  },
}).lookupType('ModelProto');
