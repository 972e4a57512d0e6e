import type { CutEncoder } from '../../encoders/tuned/cut-encoder.ts';
import type { TunedRecord } from '../../encoders/tuned/tuned-record.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { libraryDecoding } from '../../store/library-decoding.ts';
import { readViewFeatures, samplesWithoutViewFeatures } from '../../store/view-features.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { tuningPasses, tuningWork } from '../plan/tuning-work.ts';
import { cachedViewFeatures } from '../step/step-views.ts';
import { frozenPart } from './frozen-part.ts';
import { pixelMaterial } from './pixel-material.ts';
import { checkRoomForFeatures } from './room-for-features.ts';
import type { TrainingMaterial } from './training-material.ts';
import {
  cacheViewFeatures,
  megabytes,
  viewFeatureBytes,
  viewFeaturesKey,
} from './view-features.ts';

/** The part of the job that preparation and training take together. */
const trainedShare = 0.93;
/** The part of the preparation in which pictures are decoded. */
const decodedShare = 0.1;

/** What a fine-tuning with cached views goes on from. */
interface CachedPart {
  readonly encoder: CutEncoder;
  readonly tuned: TunedRecord;
  /** V, the views of each picture whose features are cached. */
  readonly views: number;
}

/**
 * The material of a fine-tuning whose steps begin at the first trained layer: what the layers before it give of V
 * views of each picture is computed before the first step and cached in the library, as float16.
 */
export async function cachedPartMaterial(
  context: JobContext,
  plan: TrainingPlan,
  { encoder, tuned, views }: CachedPart,
  device: string,
): Promise<TrainingMaterial> {
  const { library } = context;
  const { size, augmentation } = plan.step;
  const decoding = libraryDecoding(library);
  const frozen = frozenPart({ encoder, tuned, size, decoding });
  const { dimensions } = frozen;
  const draws = { augmentation, seed: plan.seed, views };
  const key = viewFeaturesKey(frozen, draws);
  const pixels = await pixelMaterial(context, plan, device);
  const read = (ids: Uint32Array): Float16Array =>
    readViewFeatures(library, key, ids, views * dimensions);
  const viewsOf: TrainingMaterial['viewsOf'] = (step) =>
    cachedViewFeatures(step, { views, dimensions, read });
  let preparedShare = pixels.preparedShare;
  return {
    ...pixels,
    get preparedShare() {
      return preparedShare;
    },
    prepare: async (sampleIds, onProgress) => {
      const missing = samplesWithoutViewFeatures(library, key, sampleIds).length;
      const bytes = viewFeatureBytes(missing, views, dimensions);
      await checkRoomForFeatures(library.file, bytes);
      const { first, steps } = tuningPasses(tuningWork(plan.encoder, size), {
        ...{ views, epochs: plan.epochs },
      });
      const toDo = (first * missing) / sampleIds.length;
      preparedShare = Math.max(pixels.preparedShare, (trainedShare * toDo) / (toDo + steps));
      const decoded = await pixels.prepare(sampleIds, (share, message) =>
        onProgress(decodedShare * share, message),
      );
      const what = `features of ${views} views of each picture (${megabytes(bytes)} to store)`;
      await cacheViewFeatures(context, {
        ...{ frozen, draws, device },
        sampleIds: decoded,
        onProgress: (done, total) =>
          onProgress(
            decodedShare + ((1 - decodedShare) * done) / total,
            `Computing ${what}: ${done} of ${total}`,
          ),
      });
      const lost = new Set(samplesWithoutViewFeatures(library, key, decoded));
      return decoded.filter((id) => !lost.has(id));
    },
    views: viewsOf(plan.step),
    mostViews: views,
    viewsOf,
  };
}
