import { InferenceSession, Tensor } from 'onnxruntime-node';
import { processorBlock } from './channel-block.ts';
import { checkFeed } from './check-feed.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { NamedArray, Program, ProgramSpec } from './program.ts';
import { traceToOnnx } from './trace.ts';
import type { ModelValue } from './trace.ts';
import { sessionThreads } from '../threads/compute-limits.ts';

interface SessionSettings {
  /** Name of an ONNX Runtime execution provider. */
  readonly provider: string;
  /** Threads of one operation; ONNX Runtime's own default where left out. */
  readonly threads?: number;
  /** As the `GraphRecorder` has it; that of this processor where left out. Others than the cpu have none. */
  readonly channelBlock?: number;
}

function toTensor(value: ModelValue, values: NamedArray['values']): Tensor {
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
  readonly #spec: ProgramSpec;
  readonly #inputs: ReadonlyMap<string, ModelValue>;
  readonly #outputs: ReadonlyMap<string, ModelValue>;
  readonly #state = new Map<string, Tensor>();

  constructor(
    device: string,
    session: InferenceSession,
    spec: ProgramSpec,
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

function emptyArray({ type, shape }: ModelValue): NamedArray['values'] {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (type === 'float64') return new Float64Array(size);
  if (type === 'int32') return new Int32Array(size);
  return type === 'float32' ? new Float32Array(size) : new Uint8Array(size);
}

/**
 * Traces a program and loads it into ONNX Runtime. A run blocks the calling thread, so long ones belong
 * in a worker thread.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function createOnnxProgram(
  spec: ProgramSpec,
  device: string,
  settings: SessionSettings,
): Promise<Program> {
  const { session, traced } = await openSession(spec, settings);
  return new OnnxProgram(device, session, spec, traced);
}

/**
 * The session of a program as it is run, which writes a profile to a file of that beginning; with zeros
 * for every input.
 * @throws EngineError unsupported-operation, and ONNX Runtime's own errors
 */
export async function openProfiled(
  spec: ProgramSpec,
  settings: SessionSettings,
  profilePrefix: string,
): Promise<{ readonly session: InferenceSession; readonly zeros: Record<string, Tensor> }> {
  const { session, traced } = await openSession(spec, settings, {
    enableProfiling: true,
    profileFilePrefix: profilePrefix,
  });
  const zeros = traced.inputs.map((value) => [value.name, toTensor(value, emptyArray(value))]);
  return { session, zeros: Object.fromEntries(zeros) as Record<string, Tensor> };
}

async function openSession(
  spec: ProgramSpec,
  { provider, threads, channelBlock }: SessionSettings,
  profiling: InferenceSession.SessionOptions = {},
) {
  const traced = traceToOnnx(
    spec,
    provider === 'cpu' ? (channelBlock ?? (await processorBlock())) : 0,
  );
  const session = await InferenceSession.create(traced.model, {
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
  return { session, traced };
}
