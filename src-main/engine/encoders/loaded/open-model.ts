import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import type { LoadedModel } from './loaded-model.ts';

/**
 * Opens the model of a description on a device. ONNX Runtime and TensorFlow.js are imported only when
 * they are needed.
 * @throws EngineError bad-encoder naming what cannot be run, unsupported-operation
 */
export async function openModel(
  description: EncoderDescription,
  device: string,
): Promise<LoadedModel> {
  if (description.kind === 'onnx') {
    return await (await import('./onnx-model.ts')).openOnnxModel(description, device);
  }
  return await (await import('./tfjs-model.ts')).openTfjsModel(description, device);
}
