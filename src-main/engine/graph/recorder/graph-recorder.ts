import { createHash } from 'node:crypto';
import type { TypedArray } from '@tensorflow/tfjs';
import type {
  OnnxAttribute,
  OnnxElementType,
  OnnxGraph,
  OnnxInitialiser,
  OnnxNode,
  OnnxValueInfo,
} from '../../onnx/onnx-messages.ts';
import type { InputSpec, Precision } from './input-spec.ts';
import { plainValue, sameShape } from './traced-value.ts';
import type { ChannelAffine, TracedType, TracedValue } from './traced-value.ts';

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** An ONNX graph under construction; equal nodes and equal constants are recorded once. */
export class GraphRecorder {
  readonly name: string;
  readonly precision: Precision;
  /**
   * How many channels ONNX Runtime's blocked operators keep together. With 0 the graph has ONNX's own
   * operators only, as files and other devices need it.
   */
  readonly channelBlock: number;
  /** By name, the values that a scale, a shift and a sum per channel make. */
  readonly affines = new Map<string, ChannelAffine>();
  readonly #nodes: OnnxNode[] = [];
  readonly #producers = new Map<string, OnnxNode>();
  readonly #outputsByNode = new Map<string, readonly string[]>();
  readonly #initialisers = new Map<string, OnnxInitialiser>();
  readonly #inputs: OnnxValueInfo[] = [];
  #count = 0;

  constructor(name: string, precision: Precision, channelBlock = 0) {
    this.name = name;
    this.precision = precision;
    this.channelBlock = channelBlock;
  }

  /** The ONNX element type for a tfjs dtype. */
  elementType(dtype: TracedType): OnnxElementType {
    return dtype === 'float32' ? this.precision : dtype;
  }

  /** Records a node with several outputs, or finds an equal one, and returns their names. */
  emitMany(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes,
    outputCount: number,
    domain?: string,
  ): readonly string[] {
    const key = JSON.stringify([operator, inputs, attributes, outputCount, domain]);
    const known = this.#outputsByNode.get(key);
    if (known) return known;
    const outputs = Array.from({ length: outputCount }, () => this.#nextName());
    const node: OnnxNode = {
      operator,
      inputs,
      outputs,
      attributes,
      ...(domain === undefined ? {} : { domain }),
    };
    this.#nodes.push(node);
    for (const output of outputs) this.#producers.set(output, node);
    this.#outputsByNode.set(key, outputs);
    return outputs;
  }

  /** Records a node with one output, or finds an equal one, and returns its name. */
  emit(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    domain?: string,
  ): string {
    return this.emitMany(operator, inputs, attributes, 1, domain)[0] ?? '';
  }

  /** A reshape. A reshape of a reshape leaves out the first one. */
  reshape(name: string, from: readonly number[], to: readonly number[]): string {
    if (sameShape(from, to)) return name;
    const producer = this.#producers.get(name);
    const source = producer?.operator === 'Reshape' ? (producer.inputs[0] ?? name) : name;
    return this.emit('Reshape', [source, this.ints(to)]);
  }

  /** The node that computes a value; undefined for inputs and constants. */
  producer(name: string): OnnxNode | undefined {
    return this.#producers.get(name);
  }

  /**
   * Whether a value depends on no input. ONNX Runtime computes such values once, and merges weights and
   * scales that are constant into the operators before and after them.
   */
  isConstant(name: string): boolean {
    const producer = this.#producers.get(name);
    if (!producer) return !this.#inputs.some((input) => input.name === name);
    return producer.inputs.every((input) => this.isConstant(input));
  }

  /** An int64 vector, the type of axes, shapes and starts. */
  ints(values: readonly number[]): string {
    return this.#initialiser('int64', [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  /** A rank-0 constant of a tfjs dtype, in the program's precision. */
  scalar(value: number, dtype: TracedType = 'float32'): string {
    return this.#initialiser(this.elementType(dtype), [], this.#array(dtype, [value]));
  }

  /** A constant. Where all its elements are equal, it is stored as one number. */
  constant(values: TypedArray, shape: readonly number[], dtype: TracedType): TracedValue {
    const first = values[0];
    if (first !== undefined && values.every((value) => Object.is(value, first))) {
      return this.filled(first, shape, dtype);
    }
    const type = this.elementType(dtype);
    const name = this.#initialiser(type, shape, this.#array(dtype, values));
    return { ...plainValue(name, shape, dtype), constant: values };
  }

  /**
   * A constant whose elements all equal one number. In float64 programs it has all of the number's
   * digits.
   */
  filled(value: number, shape: readonly number[], dtype: TracedType): TracedValue {
    const name = this.scalar(value, dtype);
    const constant = dtype === 'float32' ? Float64Array.of(value) : this.#array(dtype, [value]);
    // tfjs's type TypedArray lacks Float64Array; only `fillingNumber` and `read` use these values.
    return { ...plainValue(name, shape, dtype), stored: [], constant: constant as TypedArray };
  }

  /**
   * An input of the graph. `uint8` is fed as bytes and is an int32 tensor in tfjs, which has no bytes.
   */
  input(spec: InputSpec): TracedValue {
    const type = spec.dtype === 'float' ? this.precision : spec.dtype;
    this.#inputs.push({ name: spec.name, type, dims: spec.shape });
    if (spec.dtype === 'float') return plainValue(spec.name, spec.shape, 'float32');
    const name = spec.dtype === 'uint8' ? this.cast(spec.name, 'int32') : spec.name;
    return plainValue(name, spec.shape, 'int32');
  }

  /** A cast to a tfjs dtype; bytes are cast without a step in between. */
  cast(name: string, dtype: TracedType): string {
    const codes = { float32: this.precision === 'float64' ? 11 : 1, int32: 6, bool: 9 };
    const producer = this.#producers.get(name);
    const bytes = producer?.operator === 'Cast' ? producer.inputs[0] : undefined;
    const isBytes = this.#inputs.some((input) => input.name === bytes && input.type === 'uint8');
    const source = isBytes && bytes !== undefined ? bytes : name;
    return this.emit('Cast', [source], { to: { int: codes[dtype] } });
  }

  /** The finished graph, without nodes that no output needs. */
  finish(outputs: ReadonlyMap<string, TracedValue>): OnnxGraph {
    const names = this.#nameOutputs(outputs);
    const needed = new Set([...outputs.values()].map((value) => value.name));
    const nodes: OnnxNode[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      for (const input of node.inputs) needed.add(input);
      nodes.unshift(node);
    }
    const renamed = (name: string): string => names.renames.get(name) ?? name;
    return {
      name: this.name,
      nodes: [...nodes, ...names.copies].map((node) => ({
        ...node,
        inputs: node.inputs.map(renamed),
        outputs: node.outputs.map(renamed),
      })),
      initialisers: [...this.#initialisers.values()].filter(({ name }) => needed.has(name)),
      inputs: this.#inputs,
      outputs: [...outputs].map(([name, { shape, dtype }]) => ({
        name,
        type: this.elementType(dtype),
        dims: shape,
      })),
    };
  }

  /** Gives values the names of their outputs; an input, a constant or a repeated output is copied. */
  #nameOutputs(outputs: ReadonlyMap<string, TracedValue>): {
    renames: Map<string, string>;
    copies: OnnxNode[];
  } {
    const renames = new Map<string, string>();
    const copies: OnnxNode[] = [];
    for (const [output, { name }] of outputs) {
      if (this.#producers.has(name) && !renames.has(name)) renames.set(name, output);
      else copies.push({ operator: 'Identity', inputs: [name], outputs: [output], attributes: {} });
    }
    return { renames, copies };
  }

  #array(
    dtype: TracedType,
    values: ArrayLike<number>,
  ): Float32Array | Float64Array | Int32Array | Uint8Array {
    if (dtype === 'int32') return Int32Array.from(values);
    if (dtype === 'bool') return Uint8Array.from(values);
    return this.precision === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
  }

  #initialiser(type: OnnxElementType, dims: readonly number[], values: ArrayBufferView): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const digest = createHash('sha1').update(bytes).digest('base64');
    const key = `${type} ${dims.join('x')} ${digest}`;
    const known = this.#initialisers.get(key);
    if (known) return known.name;
    const name = `constant_${this.#initialisers.size}`;
    this.#initialisers.set(key, { name, type, dims, bytes });
    return name;
  }

  #nextName(): string {
    this.#count += 1;
    return `value_${this.#count}`;
  }
}
