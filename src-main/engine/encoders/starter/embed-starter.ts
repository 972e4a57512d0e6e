import { createHash } from 'node:crypto';
import { EngineError } from '../../../contract/errors.ts';
import type { EmbedResult } from '../../../contract/runs.ts';
import { chooseDevice } from '../../devices/devices.ts';
import { starterDimensions } from './starter.ts';
import { applyWhitening, fitWhitening } from './whitening.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import {
  embeddedSampleIds,
  readEmbeddings,
  samplesWithoutEmbedding,
  saveEmbeddings,
} from '../../store/embeddings.ts';
import type { Library } from '../../store/library-file.ts';
import { updateRun } from '../../store/runs.ts';
import { hashSampleIds } from '../../store/sample-ids.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { loadedRun } from '../loaded-run.ts';
import { embedStarterFeatures } from './starter-features.ts';
import { readStarterFiles } from './starter-files.ts';

/** The name that `embed` takes for the starter encoder. */
export const starter = 'starter';

/** Length of the whitened features that people look at; fewer where there are fewer pictures. */
export const whitenedDimensions = 128;

/**
 * Embeds pictures with the starter encoder. Its features are kept under the hash of its files, so
 * a picture goes through the encoder once. What people look at are the whitened features, kept
 * under a hash of those files and of the set of pictures: the whitening is fitted to the library,
 * and fitted anew (seconds) whenever the set of pictures has changed.
 */
export async function embedStarter(
  context: JobContext,
  name: string | undefined,
  wantedDevice: string,
): Promise<EmbedResult> {
  const { library, now } = context;
  const files = await readStarterFiles(context.modelFolder);
  const run = loadedRun(library, starter, name);
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, files.hash, 'h', present);
  const cached = present.length - missing.length;
  const report = (done: number, message: string): void =>
    context.report({ progress: (0.95 * done) / present.length, message, run: run.id });
  report(cached, 'Loading the starter encoder');
  const started = now();
  const device = missing.length === 0 ? run.device : (await chooseDevice(wantedDevice)).device;
  const embedded = await embedStarterFeatures(context, {
    files,
    device: device ?? 'cpu',
    sampleIds: missing,
    onProgress: (done) => report(cached + done, `Embedding: ${cached + done} of ${present.length}`),
  });
  const imagesPerSecond = (1000 * embedded) / Math.max(1, now() - started);
  report(present.length, 'Whitening');
  await context.breathe();
  const whitened = whiten(library, files.hash);
  updateRun(library, run.id, {
    weightsHash: whitened.weightsHash,
    device,
    ...(embedded > 0 && { imagesPerSecond }),
  });
  const { dimensions } = whitened;
  return { run: run.id, embedded, cached, dimensions, imagesPerSecond };
}

/** Fits the whitening to the library's pictures and keeps what it makes of them, unless that is there. */
function whiten(library: Library, filesHash: string): { weightsHash: string; dimensions: number } {
  const ids = embeddedSampleIds(library, filesHash, 'h');
  if (ids.length === 0) {
    throw new EngineError(
      'too-few-pictures',
      'None of the pictures in this library can be decoded any more; scan the folder again.',
    );
  }
  const weightsHash = createHash('sha256')
    .update(`${filesHash} whitened to ${whitenedDimensions} for ${hashSampleIds(ids)}`)
    .digest('hex');
  if (samplesWithoutEmbedding(library, weightsHash, 'h', ids).length === 0) {
    const { dimensions } = readEmbeddings(library, weightsHash, 'h', ids.subarray(0, 1));
    return { weightsHash, dimensions };
  }
  const { vectors } = readEmbeddings(library, filesHash, 'h', ids);
  const whitening = fitWhitening(vectors, ids.length, starterDimensions, whitenedDimensions);
  const dimensions = whitening.outputDimensions;
  const whitened = applyWhitening(whitening, vectors, ids.length);
  saveEmbeddings(library, weightsHash, 'h', ids, { dimensions, vectors: whitened });
  return { weightsHash, dimensions };
}
