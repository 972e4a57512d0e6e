import { EngineError } from '../../contract/errors/errors.ts';
import type { OnnxGraph, OnnxInitialiser, OnnxValueInfo } from './onnx-messages.ts';

/**
 * The size that means "as many as there are" in a constant of sizes, by the operator that reads it and
 * the index of its input: shapes of Reshape (the rest) and Expand (as the input has it), ends of Slice.
 */
const openSizes: Readonly<Record<string, bigint>> = {
  'Reshape 1': -1n,
  'Expand 1': 1n,
  'Slice 2': 2n ** 63n - 1n,
};

/**
 * Makes one graph for any batch size from a computation that was recorded with two batch sizes:
 * whatever differs is the batch. It is left open in constants of sizes, and named `batch` in inputs and
 * outputs.
 * @throws EngineError unsupported-operation where the two differ in another way
 */
export function anyBatch(one: OnnxGraph, other: OnnxGraph): OnnxGraph {
  const isAlike =
    JSON.stringify(one.nodes) === JSON.stringify(other.nodes) &&
    one.initialisers.length === other.initialisers.length;
  if (!isAlike) throw notForAnyBatch(one.name);
  const unchanged: OnnxInitialiser[] = [];
  const differing = new Map<string, { initialiser: OnnxInitialiser; batchAt: number }>();
  for (const [index, initialiser] of one.initialisers.entries()) {
    const batchAt = batchIndex(one.name, initialiser, other.initialisers[index]);
    if (batchAt === null) unchanged.push(initialiser);
    else differing.set(initialiser.name, { initialiser, batchAt });
  }
  // Several operators may read one constant, and each has its own value for an open size.
  const opened = new Map<string, OnnxInitialiser>();
  const nodes = one.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((input, index) => {
      const found = differing.get(input);
      if (!found) return input;
      const open = openSizes[`${node.operator} ${index}`];
      if (open === undefined) throw notForAnyBatch(one.name);
      const name = `${input}_${node.operator.toLowerCase()}`;
      opened.set(name, withSize({ ...found.initialiser, name }, found.batchAt, open));
      return name;
    }),
  }));
  return {
    ...one,
    nodes,
    initialisers: [...unchanged, ...opened.values()],
    inputs: withBatch(one.inputs, other.inputs),
    outputs: withBatch(one.outputs, other.outputs),
  };
}

/** The index of the batch in a constant of sizes; null where the two constants are equal. */
function batchIndex(
  graph: string,
  { type, bytes }: OnnxInitialiser,
  other: OnnxInitialiser | undefined,
): number | null {
  if (other?.bytes.length !== bytes.length) throw notForAnyBatch(graph);
  if (Buffer.compare(bytes, other.bytes) === 0) return null;
  const [values, others] = [int64Values(bytes), int64Values(other.bytes)];
  const indices = [...values.keys()].filter((index) => values[index] !== others[index]);
  const [index] = indices;
  if (type === 'int64' && indices.length === 1 && index !== undefined) return index;
  throw notForAnyBatch(graph);
}

function withSize(initialiser: OnnxInitialiser, index: number, size: bigint): OnnxInitialiser {
  const values = int64Values(initialiser.bytes);
  values[index] = size;
  return { ...initialiser, bytes: new Uint8Array(values.buffer) };
}

function withBatch(values: OnnxGraph['inputs'], others: OnnxGraph['inputs']): OnnxValueInfo[] {
  return values.map((value, index) => ({
    ...value,
    dims: value.dims.map((dim, axis) => (dim === others[index]?.dims[axis] ? dim : 'batch')),
  }));
}

/**
 * Bytes as whole numbers, copied. For constants of other types, bytes at the end that fill no number
 * are left out.
 */
function int64Values(bytes: Uint8Array): BigInt64Array {
  return new BigInt64Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 8));
}

function notForAnyBatch(name: string): EngineError {
  return new EngineError(
    'unsupported-operation',
    `The program '${name}' cannot be written for batches of any size: something in it besides shapes depends on the batch.`,
  );
}
