import { isAbsolute } from 'node:path';
import { EngineError } from '../../contract/errors/errors.ts';
import type { EmbedInput, EmbedResult } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { findRun } from '../store/runs.ts';
import { libraryDecoding } from '../store/library-decoding.ts';
import { presentSampleIds } from '../store/samples.ts';
import { embedRun } from './embed-run.ts';
import type { Encoder } from './embedding/encoder.ts';
import { findReadyEncoder } from './find-ready-encoder.ts';
import { findTrainedEncoder } from './find-trained-encoder.ts';
import { addEncoder } from './loaded/add-encoder-job.ts';
import { loadedEncoder } from './loaded/loaded-encoder.ts';
import { runOfEncoder } from './run-of-encoder.ts';

/**
 * Embeds the pictures that an encoder has not embedded yet: the starter encoder, a weight-free or
 * loaded encoder, or that of a trained run.
 * @throws EngineError not-found, too-few-pictures, unsupported-operation, device-unavailable,
 * cancelled, and as `addEncoder`
 */
export async function runEmbedJob(context: JobContext, input: EmbedInput): Promise<EmbedResult> {
  const { library } = context;
  const { name, device } = input;
  if (presentSampleIds(library).length === 0) {
    throw new EngineError('too-few-pictures', 'This library has no pictures; scan a folder first.');
  }
  const ready = await readyEncoder(context, input);
  if (ready) {
    return await embedRun(context, ready, runOfEncoder(library, String(ready.on), name), device);
  }
  const run = findRun(library, input.encoder);
  if (run.kind === 'trained') {
    return await embedRun(context, await findTrainedEncoder(context, run), run, device);
  }
  if (run.kind === 'imported') {
    throw new EngineError(
      'unsupported-operation',
      `The vectors of the run "${run.name}" were imported, so its encoder is not here. Embed the new pictures where the vectors were made, and import all of them again.`,
    );
  }
  return await runEmbedJob(context, { encoder: run.encoder, name: run.name, device });
}

/**
 * The encoder of this name that needs no training, or that of a file or folder, which is added
 * first.
 */
async function readyEncoder(
  context: JobContext,
  { encoder, device, output, preprocessing }: EmbedInput,
): Promise<Encoder | null> {
  if (typeof encoder !== 'string' || !isAbsolute(encoder)) {
    return await findReadyEncoder(context, encoder);
  }
  const added = await addEncoder(context, { path: encoder, device, output, preprocessing });
  return loadedEncoder(added.encoder, libraryDecoding(context.library));
}
