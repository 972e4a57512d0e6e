import type { EncoderDescription } from '../../../contract/loaded-encoders.ts';
import type { OutputArray } from '../../networks/pool-output.ts';

/** A model in memory on one device, which turns input values into one output. */
export interface LoadedModel {
  readonly device: string;
  /** `values` holds `batch` pictures in the layout and type of the description's input. */
  run(values: Float32Array | Uint16Array | Uint8Array, batch: number): Promise<OutputArray>;
  dispose(): Promise<void>;
}

/**
 * Loads the model of a description on a device.
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
