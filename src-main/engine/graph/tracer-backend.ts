import * as tf from '@tensorflow/tfjs';
import type { DataId, TensorInfo, TypedArray } from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';
import { constantValues, foldConstants } from './constant-folding.ts';
import type { GraphRecorder } from './recorder/graph-recorder.ts';
import { unsupported } from './recorder/kernel-call.ts';
import type { KernelCall, TracedKernel } from './recorder/kernel-call.ts';
import { kernelTable } from './kernels/kernel-table.ts';
import type { TracedType, TracedValue } from './recorder/traced-value.ts';

const backendName = 'tracer';

/** Told of an operation that is recorded, and of its results. */
export type ObserveKernel = (call: KernelCall, results: readonly TracedValue[]) => void;

interface Known {
  readonly value: TracedValue;
  /** The operation that made it, for the error when its value is read. */
  readonly producer: string;
}

/** A tfjs backend that computes nothing: its kernels record ONNX nodes. */
class TracerBackend extends tf.KernelBackend {
  readonly #known = new WeakMap<object, Known>();
  graph: GraphRecorder | undefined;
  observe: ObserveKernel | undefined;

  recorder(): GraphRecorder {
    if (this.graph) return this.graph;
    throw new EngineError('internal', 'A tfjs operation reached the tracer outside a trace.');
  }

  /** Makes a tensor that stands for a value of the graph. */
  tensorInfo(value: TracedValue, producer: string): TensorInfo {
    const dataId = {};
    this.#known.set(dataId, { value, producer });
    return { dataId, shape: [...value.shape], dtype: value.dtype };
  }

  /** The value that a tensor stands for; a tensor of another backend becomes a constant. */
  tracedValue({ dataId, shape, dtype }: TensorInfo): TracedValue {
    const known = this.#known.get(dataId);
    if (known) return known.value;
    const values = tf.engine().readSync(dataId) as TypedArray;
    return this.recorder().constant(values, shape, dtype as TracedType);
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): DataId {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw unsupported({ kernel: 'tensor' }, `makes a tensor of ${dtype}`);
    }
    const constant = this.recorder().constant(values as TypedArray, shape, dtype);
    return this.tensorInfo(constant, 'a constant').dataId;
  }

  override readSync(dataId: object): tf.BackendValues {
    const known = this.#known.get(dataId);
    const values = known && constantValues(known.value);
    if (values) return values;
    throw new EngineError(
      'unsupported-operation',
      `The program '${this.graph?.name ?? ''}' reads the value of a tensor made by ${
        known?.producer ?? 'an unknown operation'
      } while it is being traced; such a value is only known when the program runs.`,
    );
  }

  override read(dataId: object): Promise<tf.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override disposeData(): boolean {
    return true;
  }

  override incRef(): void {
    // Values belong to the graph, not to the tensors that stand for them.
  }

  override refCount(): number {
    return 1;
  }

  override numDataIds(): number {
    return 0;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }
}

let registered: TracerBackend | undefined;

/** Kernels that have numbers as attributes, which tfjs's cpu backend would round to float32. */
const recordedExactly = new Set(['Fill', 'Identity', 'ZerosLike', 'OnesLike']);

function kernelFunction(
  backend: TracerBackend,
  kernel: string,
  record: TracedKernel,
): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const present = Object.entries(inputs).flatMap(([name, info]) =>
      info ? [[name, backend.tracedValue(info)] as const] : [],
    );
    const call = {
      kernel,
      graph: backend.recorder(),
      inputs: Object.fromEntries(present),
      attributes: attrs ?? {},
    };
    const folded = recordedExactly.has(kernel) ? undefined : foldConstants(call);
    const results = folded ?? [record(call)].flat();
    if (!folded) backend.observe?.(call, results);
    const infos = results.map((value) => backend.tensorInfo(value, `'${kernel}'`));
    const [first] = infos;
    return infos.length === 1 && first ? first : infos;
  };
}

/** Kernels that return a list even where it has one element. */
const listKernels = new Set(['SplitV', 'Unpack']);

function registerTracer(): TracerBackend {
  const backend = new TracerBackend();
  tf.registerBackend(backendName, () => backend, 0);
  const names = new Set([
    ...tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName),
    ...Object.keys(kernelTable),
  ]);
  for (const kernelName of names) {
    const record: TracedKernel =
      kernelTable[kernelName] ??
      ((call) => {
        throw unsupported(call, 'cannot be recorded as ONNX nodes');
      });
    const single = kernelFunction(backend, kernelName, record);
    const kernelFunc: tf.KernelFunc = listKernels.has(kernelName)
      ? (parameters) => [single(parameters)].flat()
      : single;
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
  return backend;
}

interface Trace {
  /** Makes a tensor that stands for a value of the graph. */
  tensorOf(value: TracedValue, producer: string): tf.Tensor;
  /** The value that a tensor stands for. */
  valueOf(tensor: tf.Tensor): TracedValue;
}

/**
 * Runs `record` with tfjs's operations recorded in `graph`, then restores tfjs's former backend. `observe` is
 * told of each operation.
 * @throws EngineError unsupported-operation where an operation cannot be recorded, or a value is read
 */
export function withTracer<T>(
  graph: GraphRecorder,
  record: (trace: Trace) => T,
  observe?: ObserveKernel,
): T {
  registered ??= registerTracer();
  const backend = registered;
  tf.backend(); // Starts the default backend, which is restored afterwards.
  const former = { name: tf.getBackend(), graph: backend.graph, observe: backend.observe };
  backend.graph = graph;
  backend.observe = observe;
  // This is synchronous for backends without a start-up, such as the tracer and the former one.
  void tf.setBackend(backendName);
  try {
    return record({
      tensorOf: (value, producer) =>
        tf.engine().makeTensorFromTensorInfo(backend.tensorInfo(value, producer), backend),
      valueOf: (tensor) => backend.tracedValue(tensor),
    });
  } finally {
    backend.graph = former.graph;
    backend.observe = former.observe;
    void tf.setBackend(former.name);
  }
}
