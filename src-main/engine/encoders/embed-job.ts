import { EngineError } from '../../contract/errors.ts';
import type { EmbedInput, EmbedResult } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { presentSampleIds } from '../store/samples.ts';
import { findRun } from '../store/runs.ts';
import { embedLoaded, loadedEncoder } from './loaded/embed-loaded.ts';
import { embedStarter, starter } from './starter/embed-starter.ts';
import { embedTrained } from './embed-trained.ts';
import { embedWeightFree } from './weight-free/embed-weight-free.ts';
import { weightFree } from './weight-free/weight-free.ts';

/**
 * Embeds the pictures that an encoder has not embedded yet: the starter encoder, one without
 * weights, one that was made elsewhere, or a trained run. Vectors are known by picture and weights, so that nothing is computed twice.
 * @throws EngineError not-found, too-few-pictures, unsupported-operation, device-unavailable, cancelled
 */
export async function runEmbedJob(context: JobContext, input: EmbedInput): Promise<EmbedResult> {
  const { library } = context;
  const { encoder, name, device } = input;
  if (presentSampleIds(library).length === 0) {
    throw new EngineError('too-few-pictures', 'This library has no pictures; scan a folder first.');
  }
  if (encoder === starter) return embedStarter(context, name, device);
  const free = weightFree(encoder);
  if (free) return embedWeightFree(context, free, name);
  const loaded = await loadedEncoder(context, input);
  if (loaded !== null) return embedLoaded(context, loaded, { name, device });
  const run = findRun(library, encoder);
  if (run.kind === 'trained') return embedTrained(context, run, device);
  if (run.kind === 'imported') {
    throw new EngineError(
      'unsupported-operation',
      `The vectors of the run "${run.name}" were imported: there is no encoder of it here to embed pictures with. Embed them where these were made, and import all again.`,
    );
  }
  return runEmbedJob(context, { encoder: run.encoder, name: run.name, device });
}
