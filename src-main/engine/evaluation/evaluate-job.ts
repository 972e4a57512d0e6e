import { singleLabels } from './label-columns.ts';
import { hardestNegatives } from './false-negative-rate.ts';
import { knownScores, scoreEmbeddings } from './score-embeddings.ts';
import { updateRun } from '../store/runs.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import { openRun } from '../neighbours/open-run.ts';

/**
 * Scores a run's features h by the pictures' labels, and saves the scores with the run. The alignment
 * is the one that the training measured, because it needs views of each picture.
 */
export const runEvaluateJob: JobRunner<'evaluate'> = async (context, { run: reference, k }) => {
  const { library, signal } = context;
  const { run, embeddings, report } = await openRun(context, reference);
  const samples = presentSamples(library);
  const labels = singleLabels(labelsOf(samples, embeddings.ids), samples.labelMembers);
  const neighbours = await storedNeighbours(library, embeddings, Math.max(k, hardestNegatives), {
    signal,
    onProgress: (fraction) => report(0.5 * fraction, 'Finding neighbours'),
  });
  await context.yieldToEvents();
  report(0.5, 'Fitting the linear probe');
  const scores = await scoreEmbeddings({
    rows: embeddings,
    ...{ labels, neighbours, k },
    alignment: run.metrics.alignment ?? null,
    betweenProbeSteps: () => context.yieldToEvents(),
  });
  updateRun(library, run.id, { metrics: { ...run.metrics, ...knownScores(scores) } });
  report(1, 'Evaluated');
  return scores;
};
