import type { Decoding } from '../../../contract/decoding.ts';
import { readyEncoders } from '../../../contract/runs.ts';
import { decodedIdentity } from '../embedding/decoded-identity.ts';
import { chooseDevice } from '../../devices/choose-device.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import { starterBatch, starterFeatures, starterPictureLength } from './starter-features.ts';
import { readStarterFiles } from './starter-files.ts';
import { createStarterProgram, starterDimensions, starterSide } from './starter-network.ts';
import { adaptedStarter, shownStarter } from './starter-whitening.ts';
import { whitenEmbeddings } from '../whitening/whitened-embeddings.ts';

/** The starter encoder's name in `embed`. */
export const starter = 'starter';

/**
 * The starter encoder. Its features are stored under a hash of its files and the decoding, so that each picture is
 * embedded once; map, neighbours and bins use the whitened features.
 * @throws EngineError not-found if its files cannot be read
 */
export async function starterEncoder(
  modelFolder: string,
  decoding: Decoding,
): Promise<FrozenEncoder> {
  const { modelJson, weightBytes, hash: filesHash } = await readStarterFiles(modelFolder);
  const hash = decodedIdentity(filesHash, decoding);
  const encoder: FrozenEncoder = {
    on: starter,
    name: readyEncoders[starter] ?? starter,
    hash,
    dimensions: starterDimensions,
    size: starterSide,
    whitening: [adaptedStarter],
    taskOf: (path, picture) => ({
      ...{ kind: 'pixels', path, hash: picture, size: starterSide, decoding },
    }),
    chooseDevice: async (wanted) => (await chooseDevice(wanted)).device,
    check: () => Promise.resolve(),
    embed: (context, sampleIds, device, onProgress) => {
      const input = { ...encoder, batch: starterBatch, pictureLength: starterPictureLength };
      return embedDecoded(context, input, { sampleIds, device, onProgress });
    },
    open: async (device) => {
      const program = await createStarterProgram(modelJson, weightBytes, starterBatch, device);
      return {
        features: async (pictures, yieldToEvents) => ({
          vectors: await starterFeatures(program, pictures, yieldToEvents),
          bad: [],
        }),
        dispose: () => program.dispose(),
      };
    },
    whiten: (library, onProgress) => whitenEmbeddings(library, hash, shownStarter, onProgress),
    asFrozen: () => encoder,
  };
  return encoder;
}
