import { EngineError } from '../../../contract/errors.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { LoadedEncoder } from './loaded-encoder.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { checkUnchanged } from './embed-loaded.ts';
import { embedLoadedPictures, picturesFor } from './embed-loaded-pictures.ts';
import type { FeatureProgram, FrozenEncoder } from '../embedding/frozen-encoder.ts';

/**
 * An encoder that was made elsewhere as the base of a head; views are made of the pictures as its
 * preprocessing resizes and crops them.
 * @throws EngineError bad-argument where it takes pictures that are not square
 */
export function frozenLoaded(stored: StoredEncoder): FrozenEncoder {
  const { name, identity, description, selfTest } = stored;
  const { width, height } = description.preprocessing;
  if (width !== height) {
    throw new EngineError(
      'bad-argument',
      `The encoder "${name}" takes pictures of ${width} x ${height} pixels, and views are made of square ones; add it again with a square size to train a head on it.`,
    );
  }
  const { batch, dimensions } = selfTest;
  const open = (device: string): Promise<LoadedEncoder> =>
    LoadedEncoder.open(description, device === 'cpu' ? device : selfTest.device);
  return {
    on: name,
    name,
    hash: identity,
    size: width,
    dimensions,
    whitened: null,
    taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize: description.preprocessing }),
    check: (context: JobContext) => checkUnchanged(context, stored),
    embed: async (context, sampleIds, device, onProgress) => {
      await using pictures = picturesFor(context, description, batch, sampleIds);
      const encoder = await open(device);
      const request = { encoder, identity, batch, onProgress };
      await embedLoadedPictures(context, pictures, request).finally(() => encoder.dispose());
    },
    open: async (device) => programOf(await open(device), batch, dimensions),
  };
}

function programOf(encoder: LoadedEncoder, batch: number, dimensions: number): FeatureProgram {
  const { pictureLength } = encoder;
  return {
    features: async (pictures, breathe) => {
      const count = pictures.length / pictureLength;
      const features = new Float32Array(count * dimensions);
      for (let first = 0; first < count; first += batch) {
        await breathe();
        const bytes = pictures.subarray(first * pictureLength, (first + batch) * pictureLength);
        const { vectors, bad } = await encoder.embed(bytes, batch);
        // A view without a direction, all white for one, stands for none.
        for (const row of bad) vectors.fill(0, row * dimensions, (row + 1) * dimensions);
        features.set(vectors, first * dimensions);
      }
      return features;
    },
    dispose: () => encoder.dispose(),
  };
}
