import type { JobContext } from '../../jobs/job-context.ts';
import { seedRandom } from '../../numeric/random.ts';
import type { PositiveColumns } from '../../store/positives.ts';
import { presentSampleIds } from '../../store/samples.ts';
import type { TrainingMaterial } from '../material/training-material.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { flatWeights } from '../plan/training-state.ts';
import type { TrainingState } from '../plan/training-state.ts';
import { ProjectedViews } from './projected-views.ts';
import { keyWeights, viewSimilarities } from './view-similarities.ts';

/** Views of each picture: with two of them a mean would be of one pair. */
const measuredViews = 4;
/** Pictures at once; more would take more memory and no less time. */
const mostAtOnce = 32;

/** A trained state whose positives are measured, with its prepared material. */
interface Measured {
  readonly plan: TrainingPlan;
  readonly state: TrainingState;
  readonly material: TrainingMaterial;
  readonly device: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * The similarity of each trained picture, where it is still present, to its positive in z: mean and
 * standard deviation over views that are drawn from the run's seed by its own augmentation.
 * @throws EngineError cancelled, training-diverged
 */
export async function measurePositives(
  context: JobContext,
  { plan, state, material, device, onProgress }: Measured,
): Promise<PositiveColumns> {
  const present = new Set(presentSampleIds(context.library));
  const sampleIds = state.sampleIds.filter((id) => present.has(id));
  const views = Math.min(measuredViews, material.mostViews);
  const batch = Math.min(mostAtOnce, Math.max(1, sampleIds.length));
  const step = { ...plan.step, batch, source: { ...plan.step.source, viewsPerPicture: views } };
  const projector = await ProjectedViews.create(step, material.viewsOf(step), device);
  const { source } = plan.objective;
  const similaritiesOf = viewSimilarities(source, state);
  const keyed = keyWeights(source, state);
  const weights = [flatWeights(state), ...(keyed ? [keyed] : [])];
  const random = seedRandom(plan.seed);
  const measured: number[][] = [];
  try {
    for (let first = 0; first < sampleIds.length; first += batch) {
      await context.yieldToEvents();
      const ids = fullBatch(sampleIds, first, batch);
      const [z = new Float32Array(0), keys = z] = await projector.of(ids, random, weights);
      const rows = { z, keys, batch, views, width: projector.width };
      const count = Math.min(batch, sampleIds.length - first);
      for (let index = 0; index < count; index++) {
        measured.push(similaritiesOf(rows, index, ids[index] ?? 0));
      }
      onProgress(first + count, sampleIds.length);
    }
  } finally {
    await projector.dispose();
  }
  return columnsOf(sampleIds, measured, views);
}

/** The pictures from `first` on, filled up with the first ones: the program takes full batches. */
function fullBatch(sampleIds: Uint32Array, first: number, batch: number): Uint32Array {
  return Uint32Array.from(
    { length: batch },
    (_, index) => sampleIds[(first + index) % sampleIds.length] ?? 0,
  );
}

/** Pictures without any similarity, such as those that no bank has, are left out. */
function columnsOf(
  sampleIds: Uint32Array,
  measured: readonly (readonly number[])[],
  views: number,
): PositiveColumns {
  const isMeasured = (_: number, index: number): boolean => (measured[index] ?? []).length > 0;
  const found = measured.filter((values) => values.length > 0);
  const mean = Float64Array.from(found, meanOf);
  const spread = Float64Array.from(found, (values, index) =>
    Math.sqrt(meanOf(values.map((value) => (value - (mean[index] ?? 0)) ** 2))),
  );
  return { sampleIds: sampleIds.filter(isMeasured), mean, spread, views };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
