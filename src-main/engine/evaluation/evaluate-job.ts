import { leaveOutText } from '../../contract/leave-out.ts';
import { metMetrics } from '../../contract/met-negatives.ts';
import { knnNeighbours, scoreProtocol } from '../../contract/run-scores.ts';
import type { SampleColumns } from '../../contract/library.ts';
import type { Metrics, SplitScores } from '../../contract/runs.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { exactNeighbours } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { openRun } from '../neighbours/open-run.ts';
import { storedNeighbours } from '../neighbours/stored-neighbours.ts';
import { updateRun } from '../store/runs.ts';
import type { Run } from '../store/runs.ts';
import { hashesOf, labelsOf, presentSamples } from '../store/samples.ts';
import { judgedSameNegatives } from '../verdicts/judged-same-negatives.ts';
import { singleLabels } from './label-columns.ts';
import { groupsOfRows, leftOutGroups } from './leave-out-groups.ts';
import { libraryLeaveOut } from './library-leave-out.ts';
import { knownScores, neededNeighbours, scoreEmbeddings } from './score-embeddings.ts';
import type { Scores } from './score-embeddings.ts';
import { negativesMet } from './met-negatives.ts';
import { scoredLabels } from './scored-labels.ts';
import { alignedPictures, scoreSample, spreadPictures } from './score-sample.ts';
import { namedSplits, splitAccuracy, usualSplits } from './split-accuracy.ts';
import type { EvaluatedSplits } from './split-accuracy.ts';
import { storedProbe } from './stored-probe.ts';
import { trainedAlignment } from './trained-alignment.ts';
import { trainedPictures } from './trained-pictures.ts';

/**
 * Scores a run's features h by the pictures' labels, and saves the scores with the run, unless they are
 * by another k than the one by which runs are compared, or leave out other votes than the library's
 * choice. The alignment is the one that the training measured, or is measured with its stored weights.
 */
export const runEvaluateJob: JobRunner<'evaluate'> = async (context, input) => {
  const { library, signal } = context;
  const { k } = input;
  const samples = presentSamples(library);
  const splits = wantedSplits(samples, input.splits);
  const { run, embeddings, report } = await openRun(context, input.run);
  const { ids } = embeddings;
  const labels = singleLabels(labelsOf(samples, ids), samples.labelMembers);
  const chosen = libraryLeaveOut(library);
  const leaveOut = input.leaveOut ?? chosen;
  const leftOut = await leftOutGroups(library, leaveOut, signal);
  const groups = groupsOfRows(leftOut, ids);
  const neighbours = await votingNeighbours(context, embeddings, groups, k, (fraction) =>
    report(0.3 * fraction, 'Finding neighbours'),
  );
  await context.yieldToEvents();
  const hashes = hashesOf(samples, ids);
  const measured = await alignmentOf(context, run, ids, hashes);
  const probeShare = splits === null ? 0.7 : 0.5;
  const scores = await scoreEmbeddings({
    rows: embeddings,
    ...{ labels, groups, neighbours, k },
    sample: scoreSample(hashes, spreadPictures),
    alignment: measured.alignment ?? null,
    fitProbe: (scored) =>
      storedProbe(library, embeddings, scored, groups, (done) => {
        report(0.3 + probeShare * done, 'Fitting the linear probe');
        return context.yieldToEvents();
      }),
  });
  const scored = scoredLabels(labels, groups).labels;
  const said = trainedPictures(library, samples, run, ids, scored);
  const met = negativesMet(library, run.id, { ids, labels, neighbours });
  if (leaveOutText(leaveOut) === leaveOutText(chosen)) {
    const saved = { k, leftOut: leaveOutText(chosen) };
    const metrics = { ...savedScores(run.metrics, scores, saved), ...measured };
    updateRun(library, run.id, { metrics: { ...metrics, ...said, ...metMetrics(met) } });
  }
  if (splits !== null) report(0.8, 'Testing the held-out split');
  const split =
    splits && (await scoreSplit(context, splits, samples, { rows: embeddings, labels, groups, k }));
  const remarks = [...(leftOut?.remarks ?? []), ...(scores.remarks ?? [])];
  report(1, ['Evaluated', ...remarks].join('. '));
  return {
    ...scores,
    ...(remarks.length > 0 && { remarks }),
    ...said,
    ...{ k, split, leftOut: leaveOutText(leaveOut) },
    judgedSame: judgedSameNegatives(library, run.id),
    met,
  };
};

/** The alignment that the run has by today's protocol, or that can be measured; empty otherwise. */
async function alignmentOf(
  context: JobContext,
  run: Run,
  ids: Uint32Array,
  hashes: readonly string[],
): Promise<Pick<Metrics, 'alignment' | 'alignmentProtocol'>> {
  const { alignment, alignmentProtocol } = run.metrics;
  if (alignment !== undefined && alignmentProtocol === scoreProtocol) {
    return { alignment, alignmentProtocol };
  }
  const sample = scoreSample(hashes, alignedPictures).map((row) => ids[row] ?? 0);
  const now = await trainedAlignment(context, run, sample);
  return now === null ? {} : { alignment: now, alignmentProtocol: scoreProtocol };
}

/** The metrics of a run after it was scored; a kNN accuracy of another k is not among them. */
function savedScores(
  before: Metrics,
  scores: Scores,
  { k, leftOut }: { readonly k: number; readonly leftOut: string },
): Metrics {
  const { knn, knnBalanced, ...others } = knownScores(scores);
  const isSame = before.protocol === scoreProtocol && (before.leftOut ?? '') === leftOut;
  return {
    ...others,
    ...(k === knnNeighbours ? accuracyOf({ knn, knnBalanced }) : {}),
    ...(k !== knnNeighbours && isSame ? accuracyOf(before) : {}),
    ...{ protocol: scoreProtocol, leftOut },
    ...(before.keptEpoch !== undefined && { keptEpoch: before.keptEpoch }),
    ...(before.logNormalisers && { logNormalisers: before.logNormalisers }),
  };
}

function accuracyOf({ knn, knnBalanced }: Metrics): Metrics {
  return { ...(knn !== undefined && { knn }), ...(knnBalanced !== undefined && { knnBalanced }) };
}

/** The neighbours that vote; those of all pictures are stored in the library. */
async function votingNeighbours(
  { library, signal }: JobContext,
  embeddings: RunEmbeddings,
  groups: Int32Array | null,
  k: number,
  onProgress: (fraction: number) => void,
): Promise<Neighbours | null> {
  const { vectors, count, dimensions } = embeddings;
  const needed = neededNeighbours(count - 1, k);
  if (groups === null) {
    return storedNeighbours(library, embeddings, needed, { signal, onProgress });
  }
  if (needed < 1) return null;
  return exactNeighbours({ vectors, count, dimensions, k: needed, groups, signal, onProgress });
}

/**
 * The splits that are named, else those with usual names; null without such.
 * @throws EngineError bad-argument for a split that is not there
 */
function wantedSplits(
  { splits }: SampleColumns,
  named: EvaluatedSplits | undefined,
): EvaluatedSplits | null {
  return named === undefined ? usualSplits(splits) : namedSplits(splits, named);
}

interface LabelledRows {
  readonly rows: RunEmbeddings;
  readonly labels: Int32Array;
  readonly groups: Int32Array | null;
  readonly k: number;
}

async function scoreSplit(
  context: JobContext,
  splits: EvaluatedSplits,
  { ids: present, splitIndex, splits: names }: SampleColumns,
  { rows, labels, groups, k }: LabelledRows,
): Promise<SplitScores> {
  const { ids } = rows;
  const splitOf = new Map(Array.from(present, (id, row) => [id, names[splitIndex[row] ?? -1]]));
  const rowsOf = (wanted: readonly string[]): Uint32Array =>
    Uint32Array.from(ids.keys()).filter((row) => wanted.includes(splitOf.get(ids[row] ?? 0) ?? ''));
  const [train, test] = [rowsOf(splits.train), rowsOf(splits.test)];
  const scores = await splitAccuracy({ rows, labels, groups, train, test, k }, () =>
    context.yieldToEvents(),
  );
  return { train: [...splits.train], test: [...splits.test], ...scores };
}
