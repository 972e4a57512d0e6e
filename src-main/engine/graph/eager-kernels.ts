import * as tf from '@tensorflow/tfjs';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';

/** What the kernels of tfjs' cpu backend need of it here. */
interface CpuBackend {
  readSync(dataId: TensorInfo['dataId']): tf.TypedArray;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: tf.TypedArray): TensorInfo;
  disposeIntermediateTensorInfo(info: TensorInfo): void;
}

let isCorrected = false;

/**
 * Corrects the kernel of tfjs' cpu backend that writes into its input: tensorScatterUpdate of 4.22 puts
 * the updates into the tensor that it is given, which changes a queue or a bank while it is still read.
 */
export function correctEagerKernels(): void {
  if (isCorrected) return;
  isCorrected = true;
  const scatter = tf.getKernel('TensorScatterUpdate', 'cpu');
  tf.unregisterKernel('TensorScatterUpdate', 'cpu');
  tf.registerKernel(onCopyOf('tensor', scatter));
}

/** The kernel, given a copy of one of its inputs. */
function onCopyOf(name: string, kernel: KernelConfig): KernelConfig {
  return {
    ...kernel,
    kernelFunc: (call) => {
      const { [name]: input } = call.inputs;
      if (!input) return kernel.kernelFunc(call);
      const backend = call.backend as CpuBackend;
      const values = backend.readSync(input.dataId).slice();
      const copy = backend.makeTensorInfo(input.shape, input.dtype, values);
      const result = kernel.kernelFunc({ ...call, inputs: { ...call.inputs, [name]: copy } });
      backend.disposeIntermediateTensorInfo(copy);
      return result;
    },
  };
}
