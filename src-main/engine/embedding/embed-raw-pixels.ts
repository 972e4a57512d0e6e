import { createHash } from 'node:crypto';
import type { EmbedResult } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { ensurePixels } from '../library/decode-pixels.ts';
import { samplesWithoutEmbedding, saveEmbeddings } from '../store/embeddings.ts';
import { readPixels } from '../store/pixels.ts';
import { updateRun } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import { decodingThreads } from './decoding-threads.ts';
import { withoutFailed } from './embed-pictures.ts';
import { loadedRun } from './loaded-run.ts';

export const rawPixelSide = 16;
export const rawPixelDimensions = rawPixelSide * rawPixelSide * 3;
/** What raw pixels are known by. */
export const rawPixelHash = createHash('sha256')
  .update(`raw pixels ${rawPixelSide} x ${rawPixelSide}`)
  .digest('hex');

/** The name that `embed` takes for raw pixels. */
export const rawPixels = 'pixels';

/**
 * Embeds pictures by their own 16 x 16 pixels: the baseline that an encoder must beat to have
 * learnt anything.
 */
export async function embedRawPixels(
  context: JobContext,
  name: string | undefined,
): Promise<EmbedResult> {
  const { library, now } = context;
  const run = loadedRun(library, rawPixels, name);
  const started = now();
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, rawPixelHash, 'h', present);
  const embedded = await keepRawPixels(context, missing, (done, total) =>
    context.report({
      progress: done / total,
      message: `Decoding pictures: ${done} of ${total}`,
      run: run.id,
    }),
  );
  const imagesPerSecond = (1000 * embedded) / Math.max(1, now() - started);
  updateRun(library, run.id, {
    weightsHash: rawPixelHash,
    device: 'cpu',
    ...(embedded > 0 && { imagesPerSecond }),
  });
  const cached = present.length - missing.length;
  return { run: run.id, embedded, cached, dimensions: rawPixelDimensions, imagesPerSecond };
}

/** Keeps the raw pixels of pictures as their embeddings; resolves to how many could be decoded. */
export async function keepRawPixels(
  { library, signal }: JobContext,
  sampleIds: Uint32Array,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const { failed } = await ensurePixels({
    library,
    sampleIds,
    size: rawPixelSide,
    signal,
    onProgress,
    workers: decodingThreads(),
  });
  const ids = withoutFailed(sampleIds, failed);
  const vectors = unitPictures(readPixels(library, ids, rawPixelSide));
  saveEmbeddings(library, rawPixelHash, 'h', ids, { dimensions: rawPixelDimensions, vectors });
  return ids.length;
}

/** Pictures as unit rows, middle grey as the origin; an all-grey picture is a row of zeros. */
export function unitPictures(pictures: Uint8Array): Float32Array {
  const vectors = Float32Array.from(pictures, (byte) => byte / 127.5 - 1);
  for (let start = 0; start < vectors.length; start += rawPixelDimensions) {
    const row = vectors.subarray(start, start + rawPixelDimensions);
    const length = Math.hypot(...row);
    if (length > 0) row.forEach((value, at) => (row[at] = value / length));
  }
  return vectors;
}
