import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors.ts';
import { createEagerProgram } from './eager-program.ts';
import { loadTensorFlow } from './load-tensorflow.ts';
import { createOnnxProgram } from './onnx-program.ts';
import type { Program, ProgramSpec } from './program.ts';

// Else tfjs advises on standard error to install its slow native backend, at every first use.
tf.enableProdMode();

/** Devices that ONNX Runtime runs traced programs on, by its execution providers' names. */
export const onnxDevices: readonly string[] = ['cpu', 'webgpu', 'dml', 'coreml', 'cuda'];

export interface CompileOptions {
  /** Threads of one operation on the cpu; all cores when left out. */
  readonly threads?: number;
}

/**
 * Makes a program ready to run on a device: traced for ONNX Runtime, or run eagerly by tfjs
 * ('tensorflow', 'tfjs-cpu'). Errors: `unsupported-operation`, `device-unavailable`.
 */
export async function compileProgram(
  spec: ProgramSpec,
  device: string,
  options: CompileOptions = {},
): Promise<Program> {
  if (device === 'tfjs-cpu') return createEagerProgram(spec, device, 'cpu');
  if (device === 'tensorflow') {
    return createEagerProgram(spec, device, await loadTensorFlow());
  }
  if (!onnxDevices.includes(device)) {
    throw new EngineError('device-unavailable', `There is no compute device '${device}'.`);
  }
  return createOnnxProgram(spec, device, { provider: device, ...options });
}
