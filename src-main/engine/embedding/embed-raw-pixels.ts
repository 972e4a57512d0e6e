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

const side = 16;
const dimensions = side * side * 3;
const weightsHash = createHash('sha256').update(`raw pixels ${side} x ${side}`).digest('hex');

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
  const { library, signal, now } = context;
  const run = loadedRun(library, rawPixels, name);
  const started = now();
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, weightsHash, 'h', present);
  const { failed } = await ensurePixels({
    library,
    sampleIds: missing,
    size: side,
    signal,
    onProgress: (done, total) =>
      context.report({
        progress: done / total,
        message: `Decoding pictures: ${done} of ${total}`,
        run: run.id,
      }),
    workers: decodingThreads(),
  });
  const ids = withoutFailed(missing, failed);
  const vectors = unitPictures(readPixels(library, ids, side));
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors });
  const imagesPerSecond = (1000 * ids.length) / Math.max(1, now() - started);
  updateRun(library, run.id, {
    weightsHash,
    device: 'cpu',
    ...(ids.length > 0 && { imagesPerSecond }),
  });
  const cached = present.length - missing.length;
  return { run: run.id, embedded: ids.length, cached, dimensions, imagesPerSecond };
}

/** Pictures as unit rows, middle grey as the origin; an all-grey picture is a row of zeros. */
function unitPictures(pictures: Uint8Array): Float32Array {
  const vectors = Float32Array.from(pictures, (byte) => byte / 127.5 - 1);
  for (let start = 0; start < vectors.length; start += dimensions) {
    const row = vectors.subarray(start, start + dimensions);
    const length = Math.hypot(...row);
    if (length > 0) row.forEach((value, at) => (row[at] = value / length));
  }
  return vectors;
}
