import { EngineError } from '../../../contract/errors.ts';
import type { Program } from '../../graph/program.ts';
import { createStarterProgram, starterDimensions, starterSide } from './starter.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { saveEmbeddings } from '../../store/embeddings.ts';
import { DecodeAhead } from '../../pictures/decode-ahead.ts';
import type { StarterFiles } from './starter-files.ts';

/** Pictures that the starter encoder's program takes at once. */
export const starterBatch = 16;
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
 * The next batches are decoded while one is computed; a killed job loses one batch at most. Resolves
 * to the pictures that could be decoded.
 * @throws EngineError cancelled, internal
 */
export async function embedStarterFeatures(
  context: JobContext,
  { files, device, sampleIds, onProgress }: StarterRequest,
): Promise<number> {
  if (sampleIds.length === 0) return 0;
  const { library, signal } = context;
  await using pictures = new DecodeAhead({
    library,
    sampleIds,
    pictureLength,
    partLength: starterBatch,
    taskOf: (path, hash) => ({ kind: 'pixels', path, size: starterSide, hash }),
    signal,
  });
  const { modelJson, weightBytes, hash } = files;
  const program = await createStarterProgram(modelJson, weightBytes, starterBatch, device);
  let embedded = 0;
  try {
    for await (const part of pictures) {
      const vectors = await starterFeatures(program, part.pictures, () => context.breathe());
      const dimensions = starterDimensions;
      saveEmbeddings(library, hash, 'h', part.sampleIds, { dimensions, vectors });
      embedded += part.sampleIds.length;
      onProgress(embedded);
    }
  } finally {
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
