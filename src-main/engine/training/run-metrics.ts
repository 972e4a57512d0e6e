import type { Metrics } from '../../contract/runs.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import { uniformity } from '../evaluation/alignment-uniformity.ts';
import { falseNegativeRate, hardestNegatives } from '../evaluation/false-negative-rate.ts';
import { leaveOneOutAccuracy } from '../evaluation/weighted-knn.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { keptNeighbours } from '../neighbours/kept-neighbours.ts';
import type { Library } from '../store/library-file.ts';
import type { Run } from '../store/runs.ts';
import { presentSamples } from '../store/samples.ts';
import { knnNeighbours } from './epoch-monitor.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import type { TrainingPlan } from './training-plan.ts';
import { flatWeights } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

/** Pictures of which two views are compared. */
export const alignedPictures = 512;

/** Scores of a trained run on h: kNN accuracy, false-negative rate, alignment, uniformity; the first two only with labels. */
export async function measureRun(
  context: JobContext,
  run: Run,
  plan: TrainingPlan,
  state: TrainingState,
  material: TrainingMaterial,
): Promise<Metrics> {
  const { library, signal } = context;
  const embeddings = await readRun(library, run.name, run.weightsHash ?? '');
  const labelOf = labelBySample(library);
  const labels = Int32Array.from(embeddings.ids, (id) => labelOf.get(id) ?? -1);
  const onProgress = (): void => undefined;
  const k = Math.max(knnNeighbours, hardestNegatives);
  const neighbours = await keptNeighbours(library, embeddings, k, { signal, onProgress });
  const aligned = state.sampleIds.subarray(0, alignedPictures);
  const scores = {
    knn:
      neighbours && neighbours.k >= knnNeighbours
        ? leaveOneOutAccuracy({ neighbours, labels }, knnNeighbours)
        : null,
    falseNegativeRate: neighbours && falseNegativeRate({ neighbours, labels }),
    alignment: await material.alignment(flatWeights(state), aligned, plan.seed),
    uniformity: await uniformity(embeddings),
  };
  return Object.fromEntries(Object.entries(scores).filter(([, score]) => score !== null));
}

/** Label numbers by sample id, -1 where there is none. */
export function labelBySample(library: Library): ReadonlyMap<number, number> {
  const { ids, labelIndex } = presentSamples(library);
  return new Map(Array.from(ids, (id, place) => [id, labelIndex[place] ?? -1]));
}
