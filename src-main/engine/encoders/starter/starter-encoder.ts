import type { Decoding } from '../../../contract/decoding.ts';
import { readyEncoders } from '../../../contract/runs.ts';
import { decodedIdentity } from '../embedding/decoded-identity.ts';
import { chooseDevice } from '../../devices/choose-device.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { FrozenEncoder } from '../embedding/encoder.ts';
import { openStarter } from './open-starter.ts';
import { starterPictureLength } from './starter-features.ts';
import { readStarterFiles } from './starter-files.ts';
import { starterDimensions, starterSide } from './starter-network.ts';
import { adaptedStarter, shownStarter } from './starter-whitening.ts';
import { whitenEmbeddings } from '../whitening/whitened-embeddings.ts';

/** The starter encoder's name in `embed`. */
export const starter = 'starter';

/** Pictures that are decoded, embedded and stored at once: some runs for each of several threads. */
export const partLength = 64;

/**
 * The starter encoder. Its features are stored under a hash of its files and the decoding, so that each picture is
 * embedded once; map, neighbours and bins use the whitened features.
 * @throws EngineError not-found if its files cannot be read
 */
export async function starterEncoder(
  modelFolder: string,
  decoding: Decoding,
): Promise<FrozenEncoder> {
  const files = await readStarterFiles(modelFolder);
  const hash = decodedIdentity(files.hash, decoding);
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
      const input = { ...encoder, batch: partLength, pictureLength: starterPictureLength };
      return embedDecoded(context, input, { sampleIds, device, onProgress });
    },
    open: (device, pictures) => openStarter(files, device, pictures),
    whiten: (library, onProgress) => whitenEmbeddings(library, hash, shownStarter, onProgress),
    asFrozen: () => encoder,
  };
  return encoder;
}
