import type { KernelCall, TracedKernel } from '../recorder/kernel-call.ts';
import { unsupported } from '../recorder/kernel-call.ts';
import type { TracedValue } from '../recorder/traced-value.ts';
import { binaryKernels } from './binary-kernels.ts';
import { unaryKernels } from './unary-kernels.ts';

const kernelOfActivation: Readonly<Record<string, TracedKernel | undefined>> = {
  linear: unaryKernels['Identity'],
  relu: unaryKernels['Relu'],
  relu6: unaryKernels['Relu6'],
  elu: unaryKernels['Elu'],
  sigmoid: unaryKernels['Sigmoid'],
  leakyrelu: unaryKernels['LeakyRelu'],
  prelu: binaryKernels['Prelu'],
};

/** Records the activation at the end of a fused tfjs kernel. */
export function activation(
  call: KernelCall,
  x: TracedValue,
  name: string,
  leakyReluAlpha = 0.2,
): TracedValue {
  const kernel = kernelOfActivation[name];
  if (!kernel) throw unsupported(call, `ends with the activation '${name}'`);
  const alpha = call.inputs['preluActivationWeights'];
  const result = kernel({
    ...call,
    inputs: alpha ? { x, alpha } : { x },
    attributes: { alpha: leakyReluAlpha },
  });
  if (Array.isArray(result)) throw unsupported(call, 'ends with several outputs');
  return result;
}
