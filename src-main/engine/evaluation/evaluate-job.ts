import type { EvaluateResult, Metrics } from '../../contract/runs.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { uniformity } from './alignment-uniformity.ts';
import { falseNegativeRate, hardestNegatives } from './false-negative-rate.ts';
import type { LabelColumn } from './label-columns.ts';
import { linearProbeAccuracy } from './linear-probe.ts';
import { leaveOneOutAccuracy } from './weighted-knn.ts';
import type { Library } from '../store/library-file.ts';
import { updateRun } from '../store/runs.ts';
import { presentSamples } from '../store/samples.ts';
import type { JobRunner } from '../job-worker/job-runners.ts';
import { keptNeighbours } from '../neighbours/kept-neighbours.ts';
import { openRun } from '../neighbours/open-run.ts';

/**
 * Scores a run's features h by the labels of the pictures, and keeps the scores with the run. The
 * alignment is the one measured while training, where two views of each picture were at hand.
 */
export const runEvaluateJob: JobRunner<'evaluate'> = async (context, { run: reference, k }) => {
  const { library, signal } = context;
  const { run, embeddings, report } = await openRun(context, reference);
  const labels = labelsOfRows(library, embeddings);
  const neighbours = await keptNeighbours(library, embeddings, Math.max(k, hardestNegatives), {
    signal,
    onProgress: (fraction) => report(0.5 * fraction, 'Finding neighbours'),
  });
  await context.breathe();
  const byNeighbours = neighbours && { neighbours, labels };
  report(0.5, 'Fitting the linear probe');
  const linear = await linearProbeAccuracy(embeddings, labels, () => context.breathe());
  const scores: EvaluateResult = {
    knn: byNeighbours && leaveOneOutAccuracy(byNeighbours, k),
    linear,
    alignment: run.metrics.alignment ?? null,
    uniformity: await uniformity(embeddings),
    falseNegativeRate: byNeighbours && falseNegativeRate(byNeighbours),
  };
  updateRun(library, run.id, { metrics: { ...run.metrics, ...known(scores) } });
  report(1, 'Evaluated');
  return scores;
};

/** The label of each row as a number, or -1. */
function labelsOfRows(library: Library, { ids }: RunEmbeddings): LabelColumn {
  const samples = presentSamples(library);
  const labelOfId = new Map(
    Array.from(samples.ids, (id, place) => [id, samples.labelIndex[place] ?? -1]),
  );
  return Int32Array.from(ids, (id) => labelOfId.get(id) ?? -1);
}

function known(scores: EvaluateResult): Metrics {
  return Object.fromEntries(Object.entries(scores).filter(([, score]) => score !== null));
}
