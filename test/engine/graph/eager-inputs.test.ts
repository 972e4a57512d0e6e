import * as tf from '@tensorflow/tfjs';
import type { KernelConfig } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctEagerKernels } from '../../../src-main/engine/graph/eager-kernels.ts';
import { feedsOf, programOf, runOn } from './compare-devices.ts';
import { elementwiseCases, reductionCases, shapeCases } from './kernel-cases.ts';
import { pictureCases } from './picture-cases.ts';

interface Readable {
  readSync(dataId: object): tf.TypedArray;
}

/** The kernels that changed what they were given, by name. */
const writers = new Set<string>();
const called = new Set<string>();

/** The kernel, whose inputs are compared before and after. */
function watched(kernel: KernelConfig): KernelConfig {
  return {
    ...kernel,
    kernelFunc: (call) => {
      const backend = call.backend as Readable;
      const inputs = Object.values(call.inputs).flatMap((input) => (input ? [input] : []));
      const before = inputs.map(({ dataId }) => backend.readSync(dataId).slice());
      const result = kernel.kernelFunc(call);
      called.add(kernel.kernelName);
      for (const [at, { dataId }] of inputs.entries()) {
        const after = backend.readSync(dataId);
        if (before[at]!.some((value, index) => !Object.is(value, after[index]))) {
          writers.add(kernel.kernelName);
        }
      }
      return result;
    },
  };
}

const originals: KernelConfig[] = [];

beforeAll(() => {
  correctEagerKernels();
  for (const kernel of tf.getKernelsForBackend('cpu')) {
    originals.push(kernel);
    tf.unregisterKernel(kernel.kernelName, 'cpu');
    tf.registerKernel(watched(kernel));
  }
});

afterAll(() => {
  for (const kernel of originals) {
    tf.unregisterKernel(kernel.kernelName, 'cpu');
    tf.registerKernel(kernel);
  }
});

describe('no operation of the eager device writes into what it is given', () => {
  const cases = [...elementwiseCases, ...reductionCases, ...shapeCases, ...pictureCases];

  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, testCase) => {
    writers.clear();
    await runOn('tfjs-cpu', programOf(testCase), feedsOf(testCase));
    expect([...writers]).toEqual([]);
  });

  it('scattering gives a new tensor, whatever still reads the old one', async () => {
    writers.clear();
    const spec = {
      name: 'scatter',
      inputs: [
        { name: 'queue', shape: [3, 2], dtype: 'float' as const },
        { name: 'rows', shape: [1, 2], dtype: 'float' as const },
      ],
      build: ({ queue, rows }: Readonly<Record<string, tf.Tensor>>) => {
        const after = tf.tensorScatterUpdate(queue!, tf.tensor2d([[1]], [1, 1], 'int32'), rows!);
        const view = tf.slice(queue!, [1, 0], [1, 2]);
        return { after, before: tf.add(queue!, 0), view };
      },
    };
    const queue = Float32Array.of(1, 2, 3, 4, 5, 6);
    const { after, before, view } = await runOn('tfjs-cpu', spec, {
      queue,
      rows: Float32Array.of(9, 8),
    });
    expect([...after!.values]).toEqual([1, 2, 9, 8, 5, 6]);
    expect([...before!.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...view!.values]).toEqual([3, 4]);
    expect([...writers]).toEqual([]);
  });

  it('is checked for the operations that a training needs', () => {
    expect(called.size).toBeGreaterThan(80);
    expect([...called]).toContain('TensorScatterUpdate');
  });
});
