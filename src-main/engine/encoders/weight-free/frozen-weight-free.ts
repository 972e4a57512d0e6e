import { readyEncoders } from '../../../contract/runs.ts';
import { keepWeightFree } from './embed-weight-free.ts';
import type { FrozenEncoder } from '../embedding/frozen-encoder.ts';
import { weightFreeVectors } from './weight-free.ts';
import type { WeightFree } from './weight-free.ts';

/** A weight-free encoder as the base of a head: what can be learnt without an encoder. */
export function frozenWeightFree(encoder: WeightFree): FrozenEncoder {
  const { name, hash, side, dimensions } = encoder;
  return {
    on: name,
    name: readyEncoders[name] ?? name,
    hash,
    size: side,
    dimensions,
    whitened: null,
    taskOf: (path, wanted) => ({ kind: 'pixels', path, hash: wanted, size: side }),
    check: () => Promise.resolve(),
    embed: async (context, sampleIds, _device, onProgress) => {
      await keepWeightFree(context, encoder, sampleIds, onProgress);
    },
    open: () =>
      Promise.resolve({
        features: async (pictures, breathe) => {
          await breathe();
          return weightFreeVectors(encoder, pictures);
        },
        dispose: () => Promise.resolve(),
      }),
  };
}
