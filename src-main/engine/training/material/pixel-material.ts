import { decodingThreads } from '../../pictures/decoding-threads.ts';
import { embedPictures, withoutFailed } from '../../encoders/trained/embed-pictures.ts';
import { Embedder } from '../../encoders/trained/embedder.ts';
import { ViewAligner } from '../../evaluation/view-alignment.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { ensurePixels, ensureSourcePixels } from '../../pictures/decode-pixels.ts';
import { PictureCrops } from '../../pictures/picture-crops.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { resizeOf } from '../../networks/trainable-encoder.ts';
import { readPixels } from '../../store/pixels.ts';
import { presentSampleIds } from '../../store/samples.ts';
import { pictureViews } from '../step/step-views.ts';
import { featuresToWhiten } from './features-to-whiten.ts';
import { ResizedPictures } from './resized-pictures.ts';
import type { TrainingMaterial } from './training-material.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { fittedStatistics } from './whitening-statistics.ts';

/**
 * The material of a network of pictures, decoded once into the library: squares, which are embedded, and
 * uncropped pictures, from which each step crops its views.
 */
export async function pixelMaterial(
  context: JobContext,
  { encoder, step }: TrainingPlan,
  device: string,
): Promise<TrainingMaterial> {
  const { library, signal } = context;
  const { batch, size } = step;
  const embedder = await Embedder.create({ encoder, batch, size }, device);
  const decoding = libraryDecoding(library);
  const resized = new ResizedPictures(context, encoder, { size, decoding });
  const read = async (ids: Uint32Array): Promise<Uint8Array> =>
    resizeOf(encoder) === null ? readPixels(library, ids, size) : await resized.read(ids);
  const crops = new PictureCrops(library, size);
  const aligner = await ViewAligner.create({ encoder, size }, crops, device);
  return {
    preparedShare: 0.04,
    featureLength: embedder.featureLength,
    prepare: async (sampleIds, onProgress) => {
      const decode = { library, size, signal, workers: decodingThreads() };
      const squares = await ensurePixels({
        ...{ ...decode, sampleIds },
        onProgress: (done, total) =>
          onProgress(done / total / 2, `Decoding pictures: ${done} of ${total}`),
      });
      const decoded = withoutFailed(sampleIds, squares.failed);
      const sources = await ensureSourcePixels({
        ...{ ...decode, sampleIds: decoded },
        onProgress: (done, total) =>
          onProgress((1 + done / total) / 2, `Decoding pictures uncropped: ${done} of ${total}`),
      });
      const ids = withoutFailed(decoded, sources.failed);
      crops.prepare(ids);
      return ids;
    },
    startStatistics: async (ids, known, onProgress) => {
      const rows = await featuresToWhiten(encoder, () => read(ids), { size, device, context });
      if (rows === null) return () => undefined;
      return await fittedStatistics(encoder, rows, { count: ids.length, known, onProgress });
    },
    views: pictureViews(step, crops),
    mostViews: Infinity,
    viewsOf: (plan) => pictureViews(plan, crops),
    embed: async (weights, ids, yieldToEvents) =>
      await embedder.embed(weights, await read(ids), yieldToEvents),
    alignment: (weights, ids) => aligner.alignment(weights, ids),
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
      await crops.close();
      await resized.close();
    },
  };
}
