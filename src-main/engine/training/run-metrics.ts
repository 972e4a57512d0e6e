import type { Metrics } from '../../contract/runs.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import { hardestNegatives } from '../evaluation/false-negative-rate.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { knnNeighbours, knownScores, scoreEmbeddings } from '../evaluation/score-embeddings.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';
import { alignedPictures } from './material/training-material.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import type { TrainingPlan } from './plan/training-plan.ts';
import { flatWeights } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/**
 * The scores of a trained run on h: kNN accuracy and false-negative rate (with labels only),
 * alignment and uniformity.
 */
export async function measureRun(
  context: JobContext,
  run: Run,
  plan: TrainingPlan,
  state: TrainingState,
  material: TrainingMaterial,
): Promise<Metrics> {
  const { library, signal } = context;
  const embeddings = await readRun(library, run.name, run.weightsHash ?? '');
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, embeddings.ids), samples.labelMembers);
  const onProgress = (): void => undefined;
  const most = Math.max(knnNeighbours, hardestNegatives);
  const neighbours = await storedNeighbours(library, embeddings, most, { signal, onProgress });
  const aligned = state.sampleIds.subarray(0, alignedPictures);
  const scores = await scoreEmbeddings({
    rows: embeddings,
    ...{ labels, neighbours },
    k: neighbours && neighbours.k >= knnNeighbours ? knnNeighbours : null,
    alignment: await material.alignment(flatWeights(state), aligned, plan.seed),
    betweenProbeSteps: null,
  });
  return knownScores(scores);
}
