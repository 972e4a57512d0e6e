import type { PayResult } from '../../contract/pay.ts';
import { knnNeighbours, precisionNeighbours } from '../../contract/run-scores.ts';
import { comparedSide, scoredBy } from '../comparison/compared-side.ts';
import { similarityMoments } from '../comparison/standard-hardness.ts';
import { neighboursForHalves, subsampledDeviations } from '../comparison/subsampled-deviations.ts';
import { scoredLabels } from '../evaluation/scored-labels.ts';
import { votedLabels } from '../evaluation/weighted-knn.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { RunEmbeddings } from '../neighbours/embedding-cache.ts';
import { labelsOf, presentSamples } from '../store/samples.ts';

/** 95 % of a normal distribution lie within so many standard errors. */
const normalReach = 1.959964;

/**
 * The kNN accuracies of two runs on the pictures `ids`, with the interval of their difference that
 * `compare` gives; null without labels, or with too few pictures.
 */
export async function labelAccuracy(
  context: JobContext,
  runs: readonly [RunEmbeddings, RunEmbeddings],
  ids: Uint32Array,
  seed: number,
  report: (fraction: number, message: string) => void,
): Promise<PayResult['knn']> {
  const samples = presentSamples(context.library);
  const known = { labels: labelsOf(samples, ids), labelMembers: samples.labelMembers };
  const { labels, groups } = await scoredBy(context, ids, known);
  const { labels: scored, pictures } = scoredLabels(labels, groups);
  if (pictures === 0 || ids.length <= knnNeighbours) return null;
  const voters = neighboursForHalves(Math.max(knnNeighbours, precisionNeighbours));
  const sideAt = (part: number, embeddings: RunEmbeddings) =>
    comparedSide(context, embeddings, {
      ...{ ids, k: voters, voters, groups },
      onProgress: (done) => report(part + 0.4 * done, 'Finding neighbours'),
      probed: () => context.yieldToEvents(),
    });
  const one = await sideAt(0, runs[0]);
  const other = await sideAt(0.4, runs[1]);
  const sides = [
    { ...one, moments: await similarityMoments(one) },
    { ...other, moments: await similarityMoments(other) },
  ] as const;
  const counts = { k: knnNeighbours, seed };
  const { knn: deviation } = await subsampledDeviations(
    sides,
    { labels, scored },
    counts,
    (done) => {
      report(0.8 + 0.2 * done, 'Testing the labels');
      return context.yieldToEvents();
    },
  );
  const [was, is] = sides.map(({ voting }) => {
    const given = votedLabels({ neighbours: voting, labels }, knnNeighbours);
    return scored.map((label, row) => (label >= 0 && given[row] === label ? 1 : 0));
  });
  const countWhere = (holds: (before: number, after: number) => boolean): number =>
    scored.filter((label, row) => label >= 0 && holds(was?.[row] ?? 0, is?.[row] ?? 0)).length;
  const before = countWhere((right) => right === 1) / pictures;
  const after = countWhere((_, right) => right === 1) / pictures;
  return {
    ...{ before, after, pictures },
    low: after - before - normalReach * deviation,
    high: after - before + normalReach * deviation,
    gained: countWhere((wasRight, isRight) => isRight > wasRight),
    lost: countWhere((wasRight, isRight) => wasRight > isRight),
  };
}
