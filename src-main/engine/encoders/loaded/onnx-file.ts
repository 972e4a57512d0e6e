import { open, stat } from 'node:fs/promises';
import type { Dimension } from '../../../contract/loaded-encoders.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { modelProto } from '../../onnx/onnx-schema.ts';

/** An input or output of a model, as its file declares it. */
export interface OnnxValue {
  readonly name: string;
  /** ONNX Runtime's name of the element type. */
  readonly type: string;
  readonly shape: readonly Dimension[] | null;
}

/** What an ONNX file declares. */
export interface OnnxFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly opset: number;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** The operators that read an input directly, by the input's name. */
  readonly consumers: ReadonlyMap<string, readonly OnnxConsumer[]>;
  /** The files beside the model that have weights, and how many bytes each must have. */
  readonly external: ReadonlyMap<string, number>;
  /** What its maker wrote into it, by key. */
  readonly metadata: ReadonlyMap<string, string>;
}

interface OnnxConsumer {
  readonly operator: string;
  readonly permutation: readonly number[];
}

interface ValueMessage {
  name?: string;
  type?: {
    tensorType?: {
      elemType?: number;
      shape?: { dim?: { dimValue?: number | string; dimParam?: string }[] };
    };
  };
}
interface TensorMessage {
  name?: string;
  externalData?: { key: string; value: string }[];
  dataLocation?: number;
}
interface NodeMessage {
  input?: string[];
  opType?: string;
  attribute?: { name: string; ints?: string[]; t?: TensorMessage; g?: GraphMessage }[];
}
interface GraphMessage {
  node?: NodeMessage[];
  initializer?: TensorMessage[];
  input?: ValueMessage[];
  output?: ValueMessage[];
}
interface ModelMessage {
  irVersion?: string;
  graph?: GraphMessage;
  opsetImport?: { domain?: string; version?: string }[];
  metadataProps?: { key?: string; value?: string }[];
}

/** The largest size that protobuf allows. */
const mostBytes = 2 ** 31 - 1;

const elementTypes: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};

/**
 * Reads what an ONNX file declares, without the weights in it.
 * @throws EngineError not-found, bad-encoder
 */
export async function readOnnxFile(path: string): Promise<OnnxFile> {
  const bytes = await readWhole(path);
  const model = decode(path, bytes);
  const { graph } = model;
  if (model.irVersion === undefined || !graph?.node?.length || !model.opsetImport?.length) {
    throw notOnnx(path);
  }
  const stored = new Set((graph.initializer ?? []).map(({ name }) => name));
  const ownOpset = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx');
  return {
    path,
    sizeBytes: bytes.length,
    opset: Number(ownOpset?.version ?? 0),
    // Old exporters list the weights as inputs too.
    inputs: (graph.input ?? []).filter(({ name }) => !stored.has(name)).map(readValue),
    outputs: (graph.output ?? []).map(readValue),
    consumers: consumersOf(graph),
    external: externalFiles(graph),
    metadata: metadataOf(model),
  };
}

function metadataOf({ metadataProps = [] }: ModelMessage): Map<string, string> {
  return new Map(metadataProps.map(({ key = '', value = '' }) => [key, value]));
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    // Opening a pipe would wait for whoever writes into it.
    const { size } = await fileAt(path);
    await using file = await open(path);
    if (size > mostBytes) {
      throw new EngineError(
        'bad-encoder',
        `${path} has ${(size / 2 ** 30).toFixed(1)} GB; an ONNX file has at most 2, with larger weights in files beside it.`,
      );
    }
    return await file.readFile();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'There is no such file' : 'It cannot be read';
    throw new EngineError('not-found', `${path}: ${reason}.`, { cause });
  }
}

async function fileAt(path: string): Promise<{ readonly size: number }> {
  const found = await stat(path);
  if (found.isFile()) return found;
  throw new EngineError('bad-encoder', `${path} is no file.`);
}

function decode(path: string, bytes: Uint8Array): ModelMessage {
  if (bytes.length === 0) {
    throw new EngineError('bad-encoder', `${path} is empty: 0 bytes.`);
  }
  try {
    return modelProto.toObject(modelProto.decode(bytes), { longs: String });
  } catch (cause) {
    // Every ONNX file begins with field 1, its IR version, as a varint.
    if (bytes[0] === 0x08 && cause instanceof RangeError) {
      throw new EngineError(
        'bad-encoder',
        `${path} is cut short: copy or download the ONNX file again.`,
        { cause },
      );
    }
    throw notOnnx(path, cause);
  }
}

function notOnnx(path: string, cause?: unknown): EngineError {
  return new EngineError('bad-encoder', `${path} is not an ONNX model, whatever its name says.`, {
    cause,
  });
}

function readValue({ name = '', type }: ValueMessage): OnnxValue {
  const { elemType = 0, shape } = type?.tensorType ?? {};
  const dims = shape?.dim?.map(({ dimValue, dimParam }) =>
    Number(dimValue ?? 0) > 0 ? Number(dimValue) : (dimParam ?? '?'),
  );
  return { name, type: elementTypes[elemType] ?? `type ${elemType}`, shape: dims ?? null };
}

function consumersOf(graph: GraphMessage): Map<string, OnnxConsumer[]> {
  const consumers = new Map<string, OnnxConsumer[]>();
  for (const { name = '' } of graph.input ?? []) consumers.set(name, []);
  for (const node of graph.node ?? []) {
    for (const name of node.input ?? []) consumers.get(name)?.push(consumer(node));
  }
  return consumers;
}

function consumer({ opType = '', attribute = [] }: NodeMessage): OnnxConsumer {
  const permutation = attribute.find(({ name }) => name === 'perm')?.ints ?? [];
  return { operator: opType, permutation: permutation.map(Number) };
}

/** The files with weights, by the model's names of them, and how many bytes of each are read. */
function externalFiles(graph: GraphMessage, found = new Map<string, number>()) {
  for (const tensor of tensorsOf(graph)) {
    if (tensor.dataLocation !== 1) continue;
    const fields = new Map(tensor.externalData?.map(({ key, value }) => [key, value]));
    const end = Number(fields.get('offset') ?? 0) + Number(fields.get('length') ?? 0);
    const location = fields.get('location') ?? '';
    found.set(location, Math.max(found.get(location) ?? 0, end));
  }
  return found;
}

function* tensorsOf(graph: GraphMessage): Generator<TensorMessage> {
  yield* graph.initializer ?? [];
  for (const { attribute = [] } of graph.node ?? []) {
    for (const { t, g } of attribute) {
      if (t) yield t;
      if (g) yield* tensorsOf(g);
    }
  }
}
