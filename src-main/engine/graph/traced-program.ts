import { InferenceSession, Tensor } from 'onnxruntime-node';
import { checkFeed } from './check-feed.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { NamedArray, Program, ProgramSpec } from './program.ts';
import type { ModelValue, TracedModel } from './trace.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

export interface SessionSettings {
  /** Name of an ONNX Runtime execution provider. */
  readonly provider: string;
  /** Threads of one operation; ONNX Runtime's own default where left out. */
  readonly threads?: number;
}

/** What a traced program's runs need to know of it. */
export type TracedSpec = Pick<ProgramSpec, 'name' | 'state'>;

export function toTensor(value: ModelValue, values: NamedArray['values']): Tensor {
  return new Tensor(value.type as 'float32', values as Float32Array, value.shape);
}

function toArray(value: ModelValue, tensor: Tensor): NamedArray {
  const data = tensor.data as Float32Array | Float64Array | Int32Array | Uint8Array;
  return { shape: value.shape, values: data };
}

/** A traced program in an ONNX Runtime session. Its state stays in ONNX Runtime's tensors. */
class OnnxProgram implements Program {
  readonly device: string;
  readonly #session: InferenceSession;
  readonly #spec: TracedSpec;
  readonly #inputs: ReadonlyMap<string, ModelValue>;
  readonly #outputs: ReadonlyMap<string, ModelValue>;
  readonly #state = new Map<string, Tensor>();

  constructor(
    device: string,
    session: InferenceSession,
    spec: TracedSpec,
    model: { readonly inputs: readonly ModelValue[]; readonly outputs: readonly ModelValue[] },
  ) {
    this.device = device;
    this.#session = session;
    this.#spec = spec;
    this.#inputs = new Map(model.inputs.map((value) => [value.name, value]));
    this.#outputs = new Map(model.outputs.map((value) => [value.name, value]));
    for (const name of Object.values(spec.state ?? {})) {
      const value = this.#input(name);
      this.#state.set(name, toTensor(value, emptyArray(value)));
    }
  }

  async run(
    feeds: Readonly<Record<string, NamedArray['values']>>,
  ): Promise<Record<string, NamedArray>> {
    const all: Record<string, Tensor> = Object.fromEntries(this.#state);
    for (const [name, value] of this.#inputs) {
      if (this.#state.has(name)) continue;
      all[name] = toTensor(value, checkFeed(this.#spec.name, value, feeds[name]));
    }
    const results = await this.#session.run(all);
    const outputs: Record<string, NamedArray> = {};
    for (const [name, value] of this.#outputs) {
      const result = results[name] as Tensor;
      const stateInput = this.#spec.state?.[name];
      if (stateInput === undefined) outputs[name] = toArray(value, result);
      else this.#state.set(stateInput, result);
    }
    return outputs;
  }

  writeState(values: Readonly<Record<string, NamedArray['values']>>): void {
    for (const [name, array] of Object.entries(values)) {
      const value = this.#input(name);
      this.#state.set(name, toTensor(value, checkFeed(this.#spec.name, value, array).slice()));
    }
  }

  readState(): Record<string, NamedArray> {
    const entries = [...this.#state].map(([name, tensor]) => {
      const { shape, values } = toArray(this.#input(name), tensor);
      return [name, { shape, values: values.slice() }] as const;
    });
    return Object.fromEntries(entries);
  }

  async dispose(): Promise<void> {
    this.#state.clear();
    await this.#session.release();
  }

  #input(name: string): ModelValue {
    const value = this.#inputs.get(name);
    if (value) return value;
    throw new EngineError('internal', `The program '${this.#spec.name}' has no input '${name}'.`);
  }
}

export function emptyArray({ type, shape }: ModelValue): NamedArray['values'] {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (type === 'float64') return new Float64Array(size);
  if (type === 'int32') return new Int32Array(size);
  return type === 'float32' ? new Float32Array(size) : new Uint8Array(size);
}

/**
 * A traced program in a session of its own. A run blocks the calling thread, so long ones belong in a worker thread.
 * @throws errors of ONNX Runtime
 */
export async function openTraced(
  spec: TracedSpec,
  traced: Pick<TracedModel, 'model' | 'inputs' | 'outputs'>,
  device: string,
  settings: SessionSettings,
): Promise<Program> {
  return new OnnxProgram(device, await openSession(traced.model, settings), spec, traced);
}

/** ONNX Runtime's session of a traced model. @throws errors of ONNX Runtime */
export async function openSession(
  model: Uint8Array,
  { provider, threads }: SessionSettings,
  profiling: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  return await InferenceSession.create(model, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    enableMemPattern: true,
    enableCpuMemArena: true,
    ...sessionThreads(threads),
    // Longer spinning makes threads no faster, and takes the cores from other work.
    extra: { session: { intra_op: { spin_duration_us: '20' } } },
    logSeverityLevel: 3,
    ...profiling,
  });
}
