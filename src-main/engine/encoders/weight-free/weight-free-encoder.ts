import type { Decoding } from '../../../contract/decoding.ts';
import { readyEncoders } from '../../../contract/runs.ts';
import { decodedIdentity } from '../embedding/decoded-identity.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import { weightFreeVectors } from './weight-free-vectors.ts';
import type { WeightFree } from './weight-free-vectors.ts';

const batch = 64;

/** A weight-free encoder; a head on its features shows what can be learnt without an encoder. */
export function weightFreeEncoder(weightFree: WeightFree, decoding: Decoding): FrozenEncoder {
  const { name, side, dimensions } = weightFree;
  const hash = decodedIdentity(weightFree.hash, decoding);
  const encoder: FrozenEncoder = {
    on: name,
    name: readyEncoders[name] ?? name,
    hash,
    dimensions,
    size: side,
    whitening: null,
    taskOf: (path, picture) => ({ kind: 'pixels', path, hash: picture, size: side, decoding }),
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
