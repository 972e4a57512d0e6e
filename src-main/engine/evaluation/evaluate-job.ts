import type { SampleColumns } from '../../contract/library.ts';
import { knnNeighbours, precisionNeighbours } from '../../contract/run-scores.ts';
import type { SplitScores } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { openRun } from '../neighbours/open-run.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { updateRun } from '../store/runs.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';
import { judgedSameNegatives } from '../verdicts/judged-same-negatives.ts';
import { singleLabels } from './label-columns.ts';
import { knownScores, scoreEmbeddings } from './score-embeddings.ts';
import { namedSplits, splitAccuracy, usualSplits } from './split-accuracy.ts';
import type { EvaluatedSplits } from './split-accuracy.ts';

/**
 * Scores a run's features h by the pictures' labels, and saves the scores with the run; a kNN accuracy
 * of another k than the one by which runs are compared is not saved. The alignment is the one that the
 * training measured, because it needs views of each picture.
 */
export const runEvaluateJob: JobRunner<'evaluate'> = async (
  context,
  { run: reference, k, splits: named },
) => {
  const { library, signal } = context;
  const samples = presentSamples(library);
  const splits =
    named === undefined ? usualSplits(samples.splits) : namedSplits(samples.splits, named);
  const { run, embeddings, report } = await openRun(context, reference);
  const labels = singleLabels(labelsOf(samples, embeddings.ids), samples.labelMembers);
  const neighbours = await storedNeighbours(library, embeddings, Math.max(k, precisionNeighbours), {
    signal,
    onProgress: (fraction) => report(0.5 * fraction, 'Finding neighbours'),
  });
  await context.yieldToEvents();
  report(0.5, 'Fitting the linear probe');
  const scores = await scoreEmbeddings({
    rows: embeddings,
    ...{ labels, neighbours, k },
    alignment: run.metrics.alignment ?? null,
    betweenProbeSteps: (done) => {
      report(0.5 + (splits === null ? 0.5 : 0.3) * done, 'Fitting the linear probe');
      return context.yieldToEvents();
    },
  });
  const { knn, ...others } = knownScores(scores);
  const saved = k === knnNeighbours && knn !== undefined ? { ...others, knn } : others;
  updateRun(library, run.id, { metrics: { ...run.metrics, ...saved } });
  if (splits !== null) report(0.8, 'Testing the held-out split');
  const split =
    splits &&
    (await scoreSplit(context, splits, samples, {
      rows: embeddings,
      ids: embeddings.ids,
      labels,
      k,
    }));
  report(1, ['Evaluated', ...(scores.remarks ?? [])].join('. '));
  return { ...scores, k, judgedSame: judgedSameNegatives(library, run.id), split };
};

interface LabelledRows {
  readonly rows: UnitRows;
  /** The sample id of each row. */
  readonly ids: Uint32Array;
  readonly labels: Int32Array;
  readonly k: number;
}

async function scoreSplit(
  context: JobContext,
  splits: EvaluatedSplits,
  { ids: present, splitIndex, splits: names }: SampleColumns,
  { rows, ids, labels, k }: LabelledRows,
): Promise<SplitScores> {
  const splitOf = new Map(Array.from(present, (id, row) => [id, names[splitIndex[row] ?? -1]]));
  const rowsOf = (wanted: readonly string[]): Uint32Array =>
    Uint32Array.from(ids.keys()).filter((row) => wanted.includes(splitOf.get(ids[row] ?? 0) ?? ''));
  const [train, test] = [rowsOf(splits.train), rowsOf(splits.test)];
  const scores = await splitAccuracy({ rows, labels, train, test, k }, () =>
    context.yieldToEvents(),
  );
  return { train: [...splits.train], test: [...splits.test], ...scores };
}
