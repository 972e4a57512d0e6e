import * as tf from '@tensorflow/tfjs';
import type { NamedAttrMap, TensorInfo, TypedArray } from '@tensorflow/tfjs';
import type { KernelCall } from './recorder/kernel-call.ts';
import type { TracedType, TracedValue } from './recorder/traced-value.ts';
import { elementCount } from './recorder/traced-value.ts';

/** The most elements that are folded; folding more would only make the model larger. */
const largestFoldedSize = 1 << 16;

interface CpuBackend {
  makeTensorInfo(shape: number[], dtype: string, values: TypedArray): TensorInfo;
  readSync(dataId: object): TypedArray;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

/** All values of a constant, in tfjs's array type for its dtype. */
export function constantValues(value: TracedValue): TypedArray | undefined {
  const { constant, dtype } = value;
  if (!constant) return undefined;
  const size = elementCount(value.shape);
  const values =
    constant.length === size ? constant : new Array<number>(size).fill(constant[0] ?? 0);
  if (dtype === 'int32') return Int32Array.from(values);
  return dtype === 'bool' ? Uint8Array.from(values) : Float32Array.from(values);
}

/**
 * Computes the results of a kernel whose inputs are all constants, by tfjs's cpu backend. Returns
 * undefined where the kernel must be recorded: an input is no constant, or float32 arithmetic would
 * lose digits of a float64 program.
 */
export function foldConstants(call: KernelCall): TracedValue[] | undefined {
  const inputs = Object.entries(call.inputs);
  const isKnown = inputs.every(([, value]) => value.constant !== undefined);
  if (!isKnown || inputs.some(([, { shape }]) => elementCount(shape) > largestFoldedSize)) {
    return undefined;
  }
  const kernel = tf.getKernel(call.kernel, 'cpu') as ReturnType<typeof tf.getKernel> | undefined;
  const backend = tf.engine().findBackend('cpu') as unknown as CpuBackend | null;
  if (!kernel || !backend) return undefined;
  const cpuInputs = inputs.map(([name, value]): [string, TensorInfo] => {
    const values = constantValues(value) ?? new Float32Array();
    return [name, backend.makeTensorInfo([...value.shape], value.dtype, values)];
  });
  const isList = inputs.length > 0 && inputs.every(([name], index) => name === String(index));
  const results = [
    kernel.kernelFunc({
      inputs: (isList ? cpuInputs.map(([, info]) => info) : Object.fromEntries(cpuInputs)) as never,
      attrs: call.attributes as NamedAttrMap,
      backend,
    }),
  ].flat();
  return withoutRounding(call, backend, results);
}

function withoutRounding(
  call: KernelCall,
  backend: CpuBackend,
  results: readonly TensorInfo[],
): TracedValue[] | undefined {
  const isExact =
    call.graph.precision === 'float32' || results.every(({ dtype }) => dtype !== 'float32');
  const isSmall = results.every(({ shape }) => elementCount(shape) <= largestFoldedSize);
  if (!isExact || !isSmall) return undefined;
  return results.map(({ dataId, shape, dtype }) =>
    call.graph.constant(backend.readSync(dataId), shape, dtype as TracedType),
  );
}
