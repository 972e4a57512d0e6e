import { EngineError } from '../../contract/errors.ts';
import type { OnnxGraph, OnnxInitialiser, OnnxValueInfo } from './onnx-messages.ts';

/**
 * What says "as many as there are" in a constant of sizes, by the operator that reads it and the place
 * of its input: the shapes of Reshape (what is left) and Expand (as the input has it), the ends of Slice.
 */
const openSizes: Readonly<Record<string, bigint>> = {
  'Reshape 1': -1n,
  'Expand 1': 1n,
  'Slice 2': 2n ** 63n - 1n,
};

/**
 * One graph for any batch, from the same computation recorded for two batches: what differs between
 * them is the batch. Constants of sizes leave it open, inputs and outputs name it `batch`.
 * @throws EngineError unsupported-operation where the two differ in another way
 */
export function anyBatch(one: OnnxGraph, other: OnnxGraph): OnnxGraph {
  const isAlike =
    JSON.stringify(one.nodes) === JSON.stringify(other.nodes) &&
    one.initialisers.length === other.initialisers.length;
  if (!isAlike) throw notForAnyBatch(one.name);
  const kept: OnnxInitialiser[] = [];
  const differing = new Map<string, { initialiser: OnnxInitialiser; place: number }>();
  for (const [index, initialiser] of one.initialisers.entries()) {
    const place = batchPlace(one.name, initialiser, other.initialisers[index]);
    if (place === null) kept.push(initialiser);
    else differing.set(initialiser.name, { initialiser, place });
  }
  // A constant may be read by several operators, each of which says it in its own way.
  const opened = new Map<string, OnnxInitialiser>();
  const nodes = one.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((input, at) => {
      const found = differing.get(input);
      if (!found) return input;
      const open = openSizes[`${node.operator} ${at}`];
      if (open === undefined) throw notForAnyBatch(one.name);
      const name = `${input}_${node.operator.toLowerCase()}`;
      opened.set(name, withSize({ ...found.initialiser, name }, found.place, open));
      return name;
    }),
  }));
  return {
    ...one,
    nodes,
    initialisers: [...kept, ...opened.values()],
    inputs: withBatch(one.inputs, other.inputs),
    outputs: withBatch(one.outputs, other.outputs),
  };
}

/** Where the batch stands in a constant of sizes; null where the two do not differ. */
function batchPlace(
  graph: string,
  { type, bytes }: OnnxInitialiser,
  other: OnnxInitialiser | undefined,
): number | null {
  if (other?.bytes.length !== bytes.length) throw notForAnyBatch(graph);
  if (Buffer.compare(bytes, other.bytes) === 0) return null;
  const [values, others] = [int64Values(bytes), int64Values(other.bytes)];
  const places = [...values.keys()].filter((at) => values[at] !== others[at]);
  const [place] = places;
  if (type === 'int64' && places.length === 1 && place !== undefined) return place;
  throw notForAnyBatch(graph);
}

function withSize(initialiser: OnnxInitialiser, place: number, size: bigint): OnnxInitialiser {
  const values = int64Values(initialiser.bytes);
  values[place] = size;
  return { ...initialiser, bytes: new Uint8Array(values.buffer) };
}

function withBatch(values: OnnxGraph['inputs'], others: OnnxGraph['inputs']): OnnxValueInfo[] {
  return values.map((value, place) => ({
    ...value,
    dims: value.dims.map((dim, axis) => (dim === others[place]?.dims[axis] ? dim : 'batch')),
  }));
}

/** A copy of bytes as whole numbers; a trailing rest, in constants of other types, is left out. */
function int64Values(bytes: Uint8Array): BigInt64Array {
  return new BigInt64Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 8));
}

function notForAnyBatch(name: string): EngineError {
  return new EngineError(
    'unsupported-operation',
    `The program '${name}' cannot be written for batches of any size: something in it besides shapes depends on the batch.`,
  );
}
