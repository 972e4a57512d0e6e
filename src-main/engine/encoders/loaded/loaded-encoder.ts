import type { Decoding } from '../../../contract/decoding.ts';
import { EngineError } from '../../../contract/errors/errors.ts';
import { chooseDevice } from '../../devices/choose-device.ts';
import type { StoredEncoder } from '../../store/encoders.ts';
import { decodedIdentity } from '../embedding/decoded-identity.ts';
import { embedDecoded } from '../embedding/embed-decoded.ts';
import type { DecodedInput } from '../embedding/embed-decoded.ts';
import type { Encoder, FrozenEncoder } from '../embedding/encoder.ts';
import type { FeatureProgram } from '../embedding/feature-program.ts';
import { checkUnchanged } from './check-unchanged.ts';
import { EncoderSession } from './encoder-session.ts';

/**
 * An encoder that was made elsewhere; its vectors are stored under its identity and the decoding of
 * the pictures.
 */
export function loadedEncoder(stored: StoredEncoder, decoding: Decoding): Encoder {
  const { name, selfTest } = stored;
  const input = decodedInput(stored, decoding);
  const encoder: Encoder = {
    on: name,
    name,
    hash: input.hash,
    dimensions: selfTest.dimensions,
    chooseDevice: async (wanted) =>
      wanted === 'auto' ? selfTest.device : (await chooseDevice(wanted)).device,
    check: (context) => checkUnchanged(stored, () => context.yieldToEvents()),
    embed: (context, sampleIds, device, onProgress) =>
      embedDecoded(context, input, { sampleIds, device, onProgress }),
    whiten: null,
    asFrozen: () => frozenLoaded(stored, input, encoder),
  };
  return encoder;
}

/**
 * The encoder as a frozen encoder. Views are drawn from the pictures as its preprocessing resizes and
 * crops them. If a head is trained on another device than the processor, the encoder runs on the device
 * of its self-test, because ONNX Runtime may not have the head's device.
 */
function frozenLoaded(
  stored: StoredEncoder,
  { taskOf, open }: DecodedInput,
  encoder: Encoder,
): FrozenEncoder {
  const { name, selfTest } = stored;
  const { width, height } = stored.description.preprocessing;
  if (width !== height) {
    throw new EngineError(
      'bad-argument',
      `The encoder "${name}" takes pictures of ${width} x ${height} pixels, but views are square; add it again with a square size to train a head on it.`,
    );
  }
  const deviceBeside = (device: string): string => (device === 'cpu' ? device : selfTest.device);
  const frozen: FrozenEncoder = {
    ...encoder,
    size: width,
    whitening: null,
    taskOf,
    embed: (context, sampleIds, device, onProgress) =>
      encoder.embed(context, sampleIds, deviceBeside(device), onProgress),
    open: (device, pictures) => open(deviceBeside(device), pictures),
    asFrozen: () => frozen,
  };
  return frozen;
}

function decodedInput(
  { identity, description, selfTest }: StoredEncoder,
  decoding: Decoding,
): DecodedInput {
  const { preprocessing: resize } = description;
  const { batch, dimensions } = selfTest;
  return {
    hash: decodedIdentity(identity, decoding, description.decoding),
    dimensions,
    batch,
    pictureLength: resize.width * resize.height * 3,
    taskOf: (path, hash) => ({ kind: 'resized', path, hash, resize, decoding }),
    open: async (device) => programOf(await EncoderSession.open(description, device), selfTest),
  };
}

function programOf(
  session: EncoderSession,
  { batch, dimensions }: Pick<StoredEncoder['selfTest'], 'batch' | 'dimensions'>,
): FeatureProgram {
  const { pictureLength } = session;
  return {
    features: async (pictures, yieldToEvents) => {
      const count = pictures.length / pictureLength;
      const features = new Float32Array(count * dimensions);
      const bad: number[] = [];
      for (let first = 0; first < count; first += batch) {
        await yieldToEvents();
        const bytes = pictures.subarray(first * pictureLength, (first + batch) * pictureLength);
        const encoded = await session.embed(bytes, batch);
        features.set(encoded.vectors, first * dimensions);
        bad.push(...encoded.bad.map((row) => first + row));
      }
      for (const row of bad) features.fill(0, row * dimensions, (row + 1) * dimensions);
      return { vectors: features, bad };
    },
    dispose: () => session.dispose(),
  };
}
