import { decodingThreads } from '../../pictures/decoding-threads.ts';
import { embedPictures, withoutFailed } from '../../encoders/trained/embed-pictures.ts';
import { Embedder } from '../../encoders/trained/embedder.ts';
import { ViewAligner } from '../../evaluation/view-alignment.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { ensurePixels } from '../../pictures/decode-pixels.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { readPixels } from '../../store/pixels.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { pictureViews } from '../step/step-views.ts';
import type { TrainingMaterial } from './training-material.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';

/**
 * The material of a network of pictures: pixels, decoded once into the library. Each step draws
 * views of them.
 */
export async function pixelMaterial(
  context: JobContext,
  { encoder, step }: TrainingPlan,
  device: string,
): Promise<TrainingMaterial> {
  const { library, signal } = context;
  const { batch, size } = step;
  const embedder = await Embedder.create({ encoder, batch, size }, device);
  const aligner = await ViewAligner.create({ encoder, size }, device);
  const decoding = libraryDecoding(library);
  const read = (ids: Uint32Array): Uint8Array => readPixels(library, ids, size);
  return {
    preparedShare: 0.04,
    featureLength: embedder.featureLength,
    prepare: async (sampleIds, onProgress) => {
      const { failed } = await ensurePixels({
        ...{ library, sampleIds, size, signal },
        onProgress: (done, total) =>
          onProgress(done / total, `Decoding pictures: ${done} of ${total}`),
        workers: decodingThreads(),
      });
      return withoutFailed(sampleIds, failed);
    },
    fillStatistics: () => undefined,
    views: pictureViews(step, read),
    embed: (weights, ids, yieldToEvents) => embedder.embed(weights, read(ids), yieldToEvents),
    alignment: (weights, ids) => aligner.alignment(weights, read(ids)),
    embedPresent: async (weights, weightsHash, onProgress) => {
      const sampleIds = presentSampleIds(library);
      await embedPictures(context, {
        embedder,
        decoding,
        weights,
        weightsHash,
        sampleIds,
        onProgress,
      });
    },
    dispose: async () => {
      await embedder.dispose();
      await aligner.dispose();
    },
  };
}
