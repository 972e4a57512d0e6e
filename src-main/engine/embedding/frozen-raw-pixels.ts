import { readyEncoders } from '../../contract/runs.ts';
import {
  keepRawPixels,
  rawPixelDimensions,
  rawPixelHash,
  rawPixels,
  rawPixelSide,
  unitPictures,
} from './embed-raw-pixels.ts';
import type { FrozenEncoder } from './frozen-encoder.ts';

/** Raw pixels as the base of a head: what can be learnt without an encoder. */
export const frozenRawPixels: FrozenEncoder = {
  on: rawPixels,
  name: readyEncoders[rawPixels] ?? rawPixels,
  hash: rawPixelHash,
  size: rawPixelSide,
  dimensions: rawPixelDimensions,
  whitened: null,
  taskOf: (path, hash) => ({ kind: 'pixels', path, hash, size: rawPixelSide }),
  check: () => Promise.resolve(),
  embed: async (context, sampleIds, _device, onProgress) => {
    await keepRawPixels(context, sampleIds, onProgress);
  },
  open: () =>
    Promise.resolve({
      features: async (pictures, breathe) => {
        await breathe();
        return unitPictures(pictures);
      },
      dispose: () => Promise.resolve(),
    }),
};
