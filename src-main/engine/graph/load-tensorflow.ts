import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { EngineError } from '../../contract/errors/errors.ts';

/**
 * Loads tfjs-node-gpu, an optional dependency, and returns the name of its backend.
 * @throws EngineError device-unavailable with the loader's own reason
 */
export async function loadTensorFlow(): Promise<string> {
  tf.backend(); // Starts the default backend, which is restored afterwards.
  const former = tf.getBackend();
  // tfjs-node-gpu 4.22 calls this function, which Node 23 removed (tensorflow/tfjs#8609).
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  try {
    createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu');
    await tf.setBackend('tensorflow');
    refuseProcessor();
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new EngineError(
      'device-unavailable',
      `@tensorflow/tfjs-node-gpu could not be loaded: ${reason.trim()}`,
      { cause },
    );
  } finally {
    await tf.setBackend(former);
  }
  return 'tensorflow';
}

/**
 * TensorFlow for CUDA computes on the processor where it finds no card, which ONNX Runtime does faster.
 * @throws Error where it found none
 */
function refuseProcessor(): void {
  const { isUsingGpuDevice } = tf.backend() as unknown as { readonly isUsingGpuDevice?: boolean };
  if (isUsingGpuDevice !== true) throw new Error('it finds no graphics card with CUDA');
}
