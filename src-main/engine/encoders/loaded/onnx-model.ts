import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import type { LoadedModel } from './loaded-model.ts';
import { floatOutput } from './onnx-output.ts';
import { onnxRuntimeError } from './onnx-runtime-error.ts';
import { sessionThreads } from '../../threads/compute-limits.ts';

/**
 * Opens an ONNX file in ONNX Runtime, which also reads the weights in files beside it.
 * @throws EngineError bad-encoder
 */
export async function openOnnxModel(
  { path, input, output, preprocessing }: EncoderDescription,
  device: string,
): Promise<LoadedModel> {
  const session = await guarded(path, () =>
    InferenceSession.create(path, {
      executionProviders: [device],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
      ...sessionThreads(),
      // Spinning threads would take the cores that decode the next pictures.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }),
  );
  const { width, height } = preprocessing;
  return {
    device,
    run: async (values, batch) => {
      const shape = input.layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
      const tensor = inputTensor(input.type, values, shape);
      const results = await guarded(path, () =>
        session.run({ [input.name]: tensor }, [output.name]),
      );
      return floatOutput(results[output.name]);
    },
    dispose: () => session.release(),
  };
}

function inputTensor(
  type: EncoderDescription['input']['type'],
  values: Float32Array | Uint16Array | Uint8Array,
  shape: readonly number[],
): Tensor {
  const tensor = new Tensor(type as 'float32', values as Float32Array, shape);
  // onnxruntime-common converts the bits to a Float16Array, which onnxruntime-node cannot read.
  if (type === 'float16') Object.defineProperty(tensor, 'data', { value: values });
  return tensor;
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw onnxRuntimeError(path, error);
  }
}
