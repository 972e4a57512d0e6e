import { readyEncoders } from '../../../contract/runs.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import { weightFreeVectors } from './weight-free-vectors.ts';
import type { WeightFree } from './weight-free-vectors.ts';

const batch = 64;

/** A weight-free encoder; a head on its features shows what can be learnt without an encoder. */
export function weightFreeEncoder(weightFree: WeightFree): FrozenEncoder {
  const { name, hash, side, dimensions } = weightFree;
  const encoder: FrozenEncoder = {
    on: name,
    name: readyEncoders[name] ?? name,
    hash,
    dimensions,
    size: side,
    whitened: null,
    taskOf: (path, picture) => ({ kind: 'pixels', path, hash: picture, size: side }),
    chooseDevice: () => Promise.resolve('cpu'),
    check: () => Promise.resolve(),
    embed: (context, sampleIds, device, onProgress) => {
      const input = { ...encoder, batch, pictureLength: side * side * 3 };
      return embedDecoded(context, input, { sampleIds, device, onProgress });
    },
    open: () =>
      Promise.resolve({
        features: async (pictures, yieldToEvents) => {
          await yieldToEvents();
          return { vectors: weightFreeVectors(weightFree, pictures), bad: [] };
        },
        dispose: () => Promise.resolve(),
      }),
    whiten: null,
    asFrozen: () => encoder,
  };
  return encoder;
}
