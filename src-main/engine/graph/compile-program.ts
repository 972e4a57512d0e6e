import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';
import { namingItsDevice, onDevice } from './device-failure.ts';
import { createEagerProgram } from './eager-program.ts';
import { loadTensorFlow } from './load-tensorflow.ts';
import { createOnnxProgram } from './onnx-program.ts';
import type { Program, ProgramSpec } from './program.ts';

// Without this, tfjs prints an advertisement for its slow native backend to standard error at every
// first use.
tf.enableProdMode();

/** The devices on which ONNX Runtime runs traced programs, by the names of its execution providers. */
export const onnxDevices: readonly string[] = ['cpu', 'webgpu', 'dml', 'coreml', 'cuda'];

export interface CompileOptions {
  /** Threads of one operation on the cpu; all cores where left out. */
  readonly threads?: number;
  /** On the cpu, as the `GraphRecorder` has it; that of this processor where left out. */
  readonly channelBlock?: number;
}

/**
 * Makes a program ready to run on a device: traced for ONNX Runtime, or run operation by operation by
 * tfjs ('tensorflow', 'tfjs-cpu').
 * @throws EngineError unsupported-operation, device-unavailable; DeviceFailure where another device than
 * the processor fails, now or in a run
 */
export async function compileProgram(
  spec: ProgramSpec,
  device: string,
  options: CompileOptions = {},
): Promise<Program> {
  return namingItsDevice(await onDevice(device, () => compileOn(spec, device, options)));
}

async function compileOn(
  spec: ProgramSpec,
  device: string,
  options: CompileOptions,
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
