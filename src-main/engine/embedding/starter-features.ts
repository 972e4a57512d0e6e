import { EngineError } from '../../contract/errors.ts';
import type { Program } from '../compute/program.ts';
import { createStarterProgram, starterDimensions, starterSide } from '../encoders/starter.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { DecodePool } from '../library/decode-pool.ts';
import { saveEmbeddings } from '../store/embeddings.ts';
import { decodePictures } from './decode-pictures.ts';
import type { DecodedPictures } from './decode-pictures.ts';
import { decodingThreads } from './decoding-threads.ts';
import type { StarterFiles } from './starter-files.ts';

/** Pictures that the starter encoder's program takes at once. */
export const starterBatch = 16;
/** Pictures decoded ahead: 10 MB. */
const chunkLength = 4 * starterBatch;
const pictureLength = starterSide * starterSide * 3;
/** Four unit vectors side by side have the length 2; kept vectors have the length 1. */
const scale = 0.5;

export interface StarterRequest {
  readonly files: StarterFiles;
  readonly device: string;
  readonly sampleIds: Uint32Array;
  readonly onProgress: (done: number) => void;
}

/**
 * Computes the starter encoder's features of pictures and keeps them under the hash of its files.
 * The next chunk is decoded while one is computed; a killed job loses one chunk at most. Resolves
 * to the pictures that could be decoded.
 * @throws EngineError cancelled, internal
 */
export async function embedStarterFeatures(
  context: JobContext,
  { files, device, sampleIds, onProgress }: StarterRequest,
): Promise<number> {
  if (sampleIds.length === 0) return 0;
  const { library, signal } = context;
  const program = await createStarterProgram(
    files.modelJson,
    files.weightBytes,
    starterBatch,
    device,
  );
  const pool = new DecodePool(library.file, Math.min(decodingThreads(), sampleIds.length));
  const decode = (first: number): Promise<DecodedPictures> => {
    const ids = sampleIds.subarray(first, first + chunkLength);
    const decoding = decodePictures({
      library,
      pool,
      sampleIds: ids,
      pictureLength,
      taskOf: (path, hash) => ({ kind: 'pixels', path, size: starterSide, hash }),
      signal,
    });
    // Awaited a turn later: should the turn in between fail, that failure is the one to tell.
    decoding.catch(() => undefined);
    return decoding;
  };
  let embedded = 0;
  try {
    let decoding = decode(0);
    for (let first = 0; first < sampleIds.length; first += chunkLength) {
      const chunk = await decoding;
      decoding = decode(first + chunkLength);
      const vectors = await starterFeatures(program, chunk.pictures, () => context.breathe());
      const dimensions = starterDimensions;
      saveEmbeddings(library, files.hash, 'h', chunk.sampleIds, { dimensions, vectors });
      embedded += chunk.sampleIds.length;
      onProgress(embedded);
    }
  } finally {
    await pool.close();
    await program.dispose();
  }
  return embedded;
}

/**
 * Unit rows of features of pictures, n x 224 x 224 x 3 RGB bytes, by a program for `starterBatch`.
 * @throws EngineError internal where a value is no number, and as `breathe`
 */
export async function starterFeatures(
  program: Program,
  pictures: Uint8Array,
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const count = pictures.length / pictureLength;
  const features = new Float32Array(count * starterDimensions);
  for (let first = 0; first < count; first += starterBatch) {
    await breathe();
    const images = new Uint8Array(starterBatch * pictureLength);
    images.set(pictures.subarray(first * pictureLength, (first + starterBatch) * pictureLength));
    const values = (await program.run({ images }))['features']?.values;
    if (!(values instanceof Float32Array) || !values.every(Number.isFinite)) {
      throw new EngineError('internal', 'The starter encoder gave vectors that are not numbers.');
    }
    const rows = Math.min(starterBatch, count - first);
    const scaled = values.subarray(0, rows * starterDimensions).map((value) => scale * value);
    features.set(scaled, first * starterDimensions);
  }
  return features;
}
