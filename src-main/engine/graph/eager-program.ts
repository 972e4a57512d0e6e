import * as tf from '@tensorflow/tfjs';
import { checkFeed } from './check-feed.ts';
import { correctEagerKernels } from './eager-kernels.ts';
import { EngineError } from '../../contract/errors/errors.ts';
import type { NamedArray, Program, ProgramSpec } from './program.ts';
import type { InputSpec } from './recorder/input-spec.ts';
import type { ModelValue } from './trace.ts';

function modelValue({ name, shape, dtype }: InputSpec): ModelValue {
  return { name, shape, type: dtype === 'float' ? 'float32' : dtype };
}

/** A program that tfjs runs operation by operation on one of its own backends. */
class EagerProgram implements Program {
  readonly device: string;
  readonly #backend: string;
  readonly #spec: ProgramSpec;
  readonly #inputs: ReadonlyMap<string, ModelValue>;
  readonly #state = new Map<string, tf.Tensor>();

  constructor(spec: ProgramSpec, device: string, backend: string) {
    this.device = device;
    this.#backend = backend;
    this.#spec = spec;
    this.#inputs = new Map(spec.inputs.map((input) => [input.name, modelValue(input)]));
    this.#onBackend(() => {
      for (const name of Object.values(spec.state ?? {})) {
        const { shape, type } = this.#input(name);
        this.#setState(name, tf.zeros([...shape], type === 'float32' ? 'float32' : 'int32'));
      }
    });
  }

  run(feeds: Readonly<Record<string, NamedArray['values']>>): Promise<Record<string, NamedArray>> {
    const outputs: Record<string, NamedArray> = {};
    this.#onBackend(() => {
      const inputs = [...this.#inputs].map(([name, value]) => {
        const state = this.#state.get(name);
        return [name, state?.clone() ?? this.#toTensor(value, feeds[name])] as const;
      });
      for (const [name, tensor] of Object.entries(this.#spec.build(Object.fromEntries(inputs)))) {
        const stateInput = this.#spec.state?.[name];
        if (stateInput !== undefined) this.#setState(stateInput, tensor);
        else outputs[name] = toArray(tensor);
      }
    });
    return Promise.resolve(outputs);
  }

  writeState(values: Readonly<Record<string, NamedArray['values']>>): void {
    this.#onBackend(() => {
      for (const [name, array] of Object.entries(values)) {
        this.#setState(name, this.#toTensor(this.#input(name), array));
      }
    });
  }

  readState(): Record<string, NamedArray> {
    return Object.fromEntries([...this.#state].map(([name, tensor]) => [name, toArray(tensor)]));
  }

  dispose(): Promise<void> {
    for (const tensor of this.#state.values()) tensor.dispose();
    this.#state.clear();
    return Promise.resolve();
  }

  #input(name: string): ModelValue {
    const value = this.#inputs.get(name);
    if (value) return value;
    throw new EngineError('internal', `The program '${this.#spec.name}' has no input '${name}'.`);
  }

  #toTensor(value: ModelValue, values: NamedArray['values'] | undefined): tf.Tensor {
    const checked = checkFeed(this.#spec.name, value, values).slice();
    if (value.type === 'float32') return tf.tensor(checked, [...value.shape]);
    return tf.tensor(Int32Array.from(checked), [...value.shape], 'int32');
  }

  #setState(name: string, tensor: tf.Tensor): void {
    this.#state.get(name)?.dispose();
    this.#state.set(name, tf.keep(tensor.clone()));
  }

  #onBackend(compute: () => void): void {
    tf.backend(); // Starts the default backend, which is restored afterwards.
    const former = tf.getBackend();
    // This is synchronous, because both backends have started by now.
    void tf.setBackend(this.#backend);
    try {
      tf.tidy(compute);
    } finally {
      void tf.setBackend(former);
    }
  }
}

function toArray(tensor: tf.Tensor): NamedArray {
  const { shape, dtype } = tensor;
  const values = tensor.dataSync();
  // tfjs' cpu backend casts without a change of the array: a cast condition is still bytes.
  if (dtype === 'float32') return { shape, values: Float32Array.from(values) };
  return { shape, values: dtype === 'int32' ? Int32Array.from(values) : values.slice() };
}

/**
 * Makes a program that tfjs runs on `backend`.
 * @throws EngineError unsupported-operation for float64 programs
 */
export function createEagerProgram(spec: ProgramSpec, device: string, backend: string): Program {
  if (spec.precision === 'float64') {
    throw new EngineError(
      'unsupported-operation',
      `The device '${device}' computes in float32 only; use 'cpu' for a float64 program.`,
    );
  }
  correctEagerKernels();
  return new EagerProgram(spec, device, backend);
}
