import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { modelProto } from '../../../../src-main/engine/onnx/onnx-schema.ts';

type Sides = readonly (number | string)[];
type Attribute = number | readonly number[];

export interface TestNode {
  readonly op: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly with?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
}

export interface TestTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array | Uint16Array | BigInt64Array;
}

export interface TestValue {
  readonly name: string;
  readonly type: keyof typeof elementTypes;
  /** Null leaves it out. */
  readonly shape: Sides | null;
}

export interface TestModel {
  readonly inputs: readonly TestValue[];
  readonly outputs: readonly TestValue[];
  readonly nodes: readonly TestNode[];
  readonly tensors: readonly TestTensor[];
  readonly opset?: number;
  /** Keeps the weights in a file of this name beside the model, or says so. */
  readonly externalName?: string;
  /** Does not write that file. */
  readonly withoutExternal?: boolean;
}

const elementTypes = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const;

/** Writes a real ONNX file with onnx.proto3's messages. */
export function writeOnnx(path: string, model: TestModel): string {
  writeFileSync(path, modelProto.encode(modelProto.create(message(path, model))).finish());
  return path;
}

function message(path: string, model: TestModel): Record<string, unknown> {
  const domains = new Set(model.nodes.map(({ domain }) => domain ?? ''));
  return {
    irVersion: 8,
    producerName: 'test',
    opsetImport: [...domains].map((domain) => ({ domain, version: model.opset ?? 18 })),
    graph: {
      name: basename(path),
      node: model.nodes.map((node, index) => ({
        name: `${node.op}${index}`,
        opType: node.op,
        input: node.in,
        output: node.out,
        domain: node.domain ?? '',
        attribute: Object.entries(node.with ?? {}).map(attributeMessage),
      })),
      initializer: tensorMessages(path, model),
      input: model.inputs.map(valueMessage),
      output: model.outputs.map(valueMessage),
    },
  };
}

function attributeMessage([name, value]: [string, Attribute]): Record<string, unknown> {
  return typeof value === 'number'
    ? { name, i: value, type: 2 }
    : { name, ints: [...value], type: 7 };
}

function valueMessage({ name, type, shape }: TestValue): Record<string, unknown> {
  const dim = shape?.map((side) =>
    typeof side === 'number' ? { dimValue: side } : { dimParam: side },
  );
  return {
    name,
    type: { tensorType: { elemType: elementTypes[type], ...(dim && { shape: { dim } }) } },
  };
}

function tensorMessages(path: string, model: TestModel): Record<string, unknown>[] {
  const parts: Buffer[] = [];
  let offset = 0;
  const messages = model.tensors.map(({ name, dims, values }) => {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const dataType = values instanceof Float32Array ? 1 : values instanceof BigInt64Array ? 7 : 10;
    const tensor = { name, dims: [...dims], dataType };
    if (model.externalName === undefined || values instanceof BigInt64Array) {
      return { ...tensor, rawData: bytes };
    }
    const fields = { location: model.externalName, offset, length: bytes.length };
    parts.push(bytes);
    offset += bytes.length;
    const externalData = Object.entries(fields).map(([key, value]) => ({
      key,
      value: String(value),
    }));
    return { ...tensor, dataLocation: 1, externalData };
  });
  if (model.externalName !== undefined && model.withoutExternal !== true) {
    writeFileSync(join(dirname(path), model.externalName), Buffer.concat(parts));
  }
  return messages;
}
