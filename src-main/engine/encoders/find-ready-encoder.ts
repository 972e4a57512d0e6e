import type { RunReference } from '../../contract/runs.ts';
import { encoderByName } from '../store/encoders.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import type { Encoder } from './embedding/encoder.ts';
import type { EncoderSources } from './embedding/encoder-sources.ts';
import { joinedEncoder, starterAndHog } from './joined/starter-and-hog.ts';
import { loadedEncoder } from './loaded/loaded-encoder.ts';
import { starter, starterEncoder } from './starter/starter-encoder.ts';
import { weightFreeEncoder } from './weight-free/weight-free-encoder.ts';
import { weightFree } from './weight-free/weight-free-vectors.ts';

/**
 * The encoder of this name that needs no training: the starter encoder, a weight-free or a loaded
 * encoder; null if there is none of this name. It takes pictures as the library decodes them.
 * @throws EngineError not-found if the starter encoder's files cannot be read
 */
export async function findReadyEncoder(
  { library, modelFolder }: EncoderSources,
  name: RunReference,
  decoding = libraryDecoding(library),
): Promise<Encoder | null> {
  if (name === starter) return await starterEncoder(modelFolder, decoding);
  if (name === starterAndHog) return await joinedEncoder(modelFolder, decoding);
  const free = weightFree(name);
  if (free) return weightFreeEncoder(free, decoding);
  const stored = encoderByName(library, String(name));
  return stored ? loadedEncoder(stored, decoding) : null;
}
