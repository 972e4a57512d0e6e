import type { Tensor } from 'onnxruntime-node';
import { EngineError } from '../../../contract/errors/errors.ts';
import type { OutputArray } from '../../networks/pool-output.ts';

/**
 * The output of a model as float32.
 * @throws EngineError bad-encoder if it is missing or has no numbers
 */
export function floatOutput(tensor: Tensor | undefined): OutputArray {
  const data: unknown = tensor?.data;
  const shape = tensor?.dims ?? [];
  if (data instanceof Float32Array) return { shape, values: data };
  if (data instanceof Float16Array || data instanceof Float64Array) {
    return { shape, values: Float32Array.from(data) };
  }
  throw new EngineError('bad-encoder', `The output is ${tensor?.type ?? 'missing'}, not numbers.`);
}
