import { leaveOutText } from '../../contract/leave-out.ts';
import { metMetrics } from '../../contract/met-negatives.ts';
import { knnNeighbours, scoreProtocol } from '../../contract/run-scores.ts';
import type { Metrics } from '../../contract/runs.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { groupsOfRows, leftOutGroups } from '../evaluation/leave-out-groups.ts';
import { libraryLeaveOut } from '../evaluation/library-leave-out.ts';
import { knownScores, neededNeighbours, scoreEmbeddings } from '../evaluation/score-embeddings.ts';
import { negativesMet } from '../evaluation/met-negatives.ts';
import { scoredLabels } from '../evaluation/scored-labels.ts';
import { alignedPictures, scoreSample, spreadPictures } from '../evaluation/score-sample.ts';
import { trainedPictures } from '../evaluation/trained-pictures.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { readRun } from '../neighbours/embedding-cache.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { hashesOf, labelsOf, presentSamples } from '../store/samples.ts';
import type { TrainingMaterial } from './material/training-material.ts';
import { flatWeights } from './plan/training-state.ts';
import type { TrainingState } from './plan/training-state.ts';

/**
 * The scores of a trained run on h: kNN accuracy and precision at 20 (with labels only), alignment,
 * uniformity and RankMe.
 */
export async function measureRun(
  context: JobContext,
  run: Run,
  state: TrainingState,
  material: TrainingMaterial,
): Promise<Metrics> {
  const { library, signal } = context;
  const embeddings = await readRun(library, run.name, run.weightsHash ?? '');
  const { ids, vectors, count, dimensions } = embeddings;
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const leaveOut = libraryLeaveOut(library);
  const groups = groupsOfRows(await leftOutGroups(library, leaveOut, signal), ids);
  const needed = neededNeighbours(count - 1);
  const onProgress = (): void => undefined;
  const neighbours =
    groups === null
      ? await storedNeighbours(library, embeddings, needed, { signal, onProgress })
      : await exactNeighbours({ vectors, count, dimensions, k: needed, groups, signal });
  const alignment = await alignmentOf(context, state, material);
  const scores = await scoreEmbeddings({
    rows: embeddings,
    ...{ labels, groups, neighbours, alignment },
    k: neighbours && neighbours.k >= knnNeighbours ? knnNeighbours : null,
    sample: scoreSample(hashesOf(samples, ids), spreadPictures),
    fitProbe: null,
  });
  const scored = scoredLabels(labels, groups).labels;
  return {
    ...knownScores(scores),
    ...trainedPictures(library, samples, run, ids, scored),
    protocol: scoreProtocol,
    ...(alignment !== null && { alignmentProtocol: scoreProtocol }),
    leftOut: leaveOutText(leaveOut),
    ...metMetrics(negativesMet(library, run.id, { ids, labels, neighbours })),
  };
}

/** The alignment of h over the same pictures, and the same views of them, as after each epoch. */
function alignmentOf(
  { library }: Pick<JobContext, 'library'>,
  state: TrainingState,
  material: TrainingMaterial,
): Promise<number | null> {
  const hashes = hashesOf(presentSamples(library), state.sampleIds);
  const sample = scoreSample(hashes, alignedPictures).map((index) => state.sampleIds[index] ?? 0);
  return material.alignment(flatWeights(state), sample);
}
