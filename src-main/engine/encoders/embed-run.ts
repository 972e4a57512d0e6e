import type { EmbedResult } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { samplesWithoutEmbedding } from '../store/embeddings.ts';
import { updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { presentSampleIds } from '../store/samples.ts';
import type { EmbeddedPictures, Encoder } from './embedding/encoder.ts';

/** The progress after embedding, if the vectors are whitened after it. */
const embeddedShare = 0.95;

const nothing: EmbeddedPictures = { embedded: 0, leftOut: [], seconds: 0 };

/**
 * Embeds the present pictures that an encoder has not embedded yet, for its run. Vectors are stored by
 * picture and weights, so that nothing is computed twice.
 * @throws EngineError too-few-pictures, device-unavailable, cancelled, and as the encoder's `check`
 */
export async function embedRun(
  context: JobContext,
  encoder: Encoder,
  run: Run,
  wantedDevice: string,
): Promise<EmbedResult> {
  const { library } = context;
  const present = presentSampleIds(library);
  const missing = samplesWithoutEmbedding(library, encoder.hash, 'h', present);
  const cached = present.length - missing.length;
  const share = encoder.whiten ? embeddedShare : 1;
  const report = (done: number, message: string): void =>
    context.report({ progress: (share * done) / present.length, message, run: run.id });
  report(cached, `Loading ${encoder.name}`);
  let [counts, device] = [nothing, run.device];
  if (missing.length > 0) {
    await encoder.check(context);
    device = await encoder.chooseDevice(wantedDevice);
    counts = await encoder.embed(context, missing, device, (done) =>
      report(cached + done, `Embedding: ${cached + done} of ${present.length}`),
    );
  }
  const { embedded, leftOut, seconds } = counts;
  const imagesPerSecond = embedded === 0 ? 0 : embedded / Math.max(0.001, seconds);
  let shown = { weightsHash: encoder.hash, dimensions: encoder.dimensions };
  if (encoder.whiten) {
    shown = await encoder.whiten(library, async (done) => {
      const progress = embeddedShare + (1 - embeddedShare) * done;
      context.report({ progress, message: 'Whitening', run: run.id });
      await context.yieldToEvents();
    });
  }
  const { weightsHash, dimensions } = shown;
  // The weights, device and speed of a trained run are those of its training.
  if (run.kind !== 'trained') {
    const speed = embedded > 0 ? { imagesPerSecond } : {};
    updateRun(library, run.id, { weightsHash, device, ...speed });
  }
  return { run: run.id, embedded, cached, dimensions, imagesPerSecond, leftOut: [...leftOut] };
}
