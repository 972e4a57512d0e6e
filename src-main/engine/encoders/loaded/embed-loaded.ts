import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { EngineError } from '../../../contract/errors.ts';
import type { EmbedInput, EmbedResult } from '../../../contract/runs.ts';
import { chooseDevice } from '../../devices/devices.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { addEncoder } from './add-encoder-job.ts';
import { encoderIdentity } from './encoder-identity.ts';
import { LoadedEncoder } from './loaded-encoder.ts';
import { samplesWithoutEmbedding } from '../../store/embeddings.ts';
import { encoderByName, type StoredEncoder } from '../../store/encoders.ts';
import { updateRun } from '../../store/runs.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { embedLoadedPictures, picturesFor } from './embed-loaded-pictures.ts';
import { loadedRun } from '../loaded-run.ts';

/** Whether `embed` is given a file or folder instead of a name. */
export function isEncoderPath(encoder: EmbedInput['encoder']): encoder is string {
  return typeof encoder === 'string' && isAbsolute(encoder);
}

/**
 * The encoder of this name, or the one at this path, which is added if it is not known; null where
 * it is neither.
 * @throws EngineError as `addEncoder`
 */
export async function loadedEncoder(
  context: JobContext,
  { encoder, device, ...wanted }: EmbedInput,
): Promise<StoredEncoder | null> {
  if (!isEncoderPath(encoder)) return encoderByName(context.library, String(encoder));
  const { output, preprocessing } = wanted;
  return (await addEncoder(context, { path: encoder, device, output, preprocessing })).encoder;
}

/**
 * Embeds pictures with an encoder that was made elsewhere; vectors are known by its identity.
 * @throws EngineError not-found where its files are gone or hold something else now, cancelled
 */
export async function embedLoaded(
  context: JobContext,
  encoder: StoredEncoder,
  { name, device: wanted }: Pick<EmbedInput, 'name' | 'device'>,
): Promise<EmbedResult> {
  const { library, now } = context;
  const { identity, selfTest, description } = encoder;
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, identity, 'h', present);
  const cached = present.length - missing.length;
  const run = loadedRun(library, encoder.name, name);
  const report = (done: number, message: string): void =>
    context.report({ progress: done / present.length, message, run: run.id });
  report(cached, `Loading ${encoder.name}`);
  if (missing.length === 0) {
    updateRun(library, run.id, { weightsHash: identity });
    const { dimensions } = selfTest;
    return { run: run.id, embedded: 0, cached, dimensions, imagesPerSecond: 0, leftOut: [] };
  }
  await checkUnchanged(context, encoder);
  const device = wanted === 'auto' ? selfTest.device : (await chooseDevice(wanted)).device;
  // Decoding begins while the model is read.
  await using pictures = picturesFor(context, description, selfTest.batch, missing);
  const loaded = await LoadedEncoder.open(description, device);
  const started = now();
  try {
    const counts = await embedLoadedPictures(context, pictures, {
      encoder: loaded,
      identity,
      batch: selfTest.batch,
      onProgress: (done) =>
        report(cached + done, `Embedding: ${cached + done} of ${present.length}`),
    });
    const imagesPerSecond = (1000 * counts.embedded) / Math.max(1, now() - started);
    updateRun(library, run.id, { weightsHash: identity, device, imagesPerSecond });
    return { run: run.id, cached, imagesPerSecond, ...counts, dimensions: selfTest.dimensions };
  } finally {
    await loaded.dispose();
  }
}

/**
 * What is embedded under an identity must be by these very weights.
 * @throws EngineError not-found where they are gone or others now
 */
export async function checkUnchanged(context: JobContext, encoder: StoredEncoder): Promise<void> {
  const { description, identity, name } = encoder;
  for (const { path } of description.files) {
    try {
      await stat(path);
    } catch (cause) {
      throw new EngineError(
        'not-found',
        `The encoder "${name}" was at ${path}, which is gone. If you moved it, add it again from where it is now: it will be known again.`,
        { cause },
      );
    }
  }
  const found = await encoderIdentity(description, {
    onBytes: () => undefined,
    breathe: () => context.breathe(),
  });
  if (found === identity) return;
  throw new EngineError(
    'not-found',
    `The file ${description.path} of the encoder "${name}" holds other weights now; add it again as an encoder of its own.`,
  );
}
