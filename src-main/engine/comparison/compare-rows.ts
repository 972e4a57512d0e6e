import type { Comparison, Interval } from '../../contract/comparison.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { changedGroups } from './changed-groups.ts';
import type { ChangedRows } from './changed-groups.ts';
import { calibratedSuspects } from '../explain/suspicion/suspects.ts';
import { knownBins, mutualSuspects } from '../verdicts/false-pairs.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import type { Scores } from '../evaluation/score-embeddings.ts';
import { scoredLabels } from '../evaluation/scored-labels.ts';
import { sideScores } from './side-scores.ts';
import type { ComparedSide, ScoredBy } from './side-scores.ts';
import { subsampledDeviations } from './subsampled-deviations.ts';
import type { SubsampledRun, SubsampledValues } from './subsampled-measures.ts';
import { linearCka } from './linear-cka.ts';
import { mostChanged, mostChangedLabels } from './most-changed.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours, neighbourOverlap } from './neighbour-overlap.ts';
import type { LossRows } from './compared-loss.ts';
import { negativeSetChanges } from './negative-set-change.ts';
import { similarityMoments, similarityScale, standardHardness } from './standard-hardness.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';

/** The bins are compared for at most so many anchors, drawn at random. */
const mostAnchors = 1000;
const mostGroups = 12;
/** 95 % of a normal distribution lie within so many standard errors. */
const normalReach = 1.959964;

/** The settings of a comparison of rows. */
interface CompareRowsOptions extends Omit<ScoredBy, 'labels'> {
  /** Neighbours of each row that are compared. */
  readonly k: number;
  /** How many of the most changed rows are listed. */
  readonly most: number;
  readonly seed: number;
  /** What the loss of each run sees of the rows. */
  readonly losses: readonly [LossRows, LossRows];
  /** Awaited now and then with the fraction done; may throw to cancel. */
  readonly yieldToEvents: (fraction: number) => Promise<void>;
}

/** A comparison with rows in place of sample ids, and numbers in place of names. */
export type ComparedRowsResult = Omit<
  Comparison,
  | 'a'
  | 'b'
  | 'alignment'
  | 'judgedSame'
  | 'leftOut'
  | 'trainings'
  | 'mostChangedLabels'
  | 'changedGroups'
> & {
  readonly mostChangedLabels: ReturnType<typeof mostChangedLabels>;
  readonly changedGroups: readonly ChangedRows[];
  /**
   * For each row the overlap of neighbours, and the change of the standardised mean similarity to its
   * neighbours.
   */
  readonly columns: { readonly overlap: Float64Array; readonly hardness: Float64Array };
};

/** Measures how two runs differ on the same rows; `k` must be below the number of rows. */
export async function compareRows(
  first: ComparedSide,
  second: ComparedSide,
  known: KnownPairs,
  { k, most, seed, losses, groups, sample, yieldToEvents }: CompareRowsOptions,
): Promise<ComparedRowsResult> {
  const { count } = first;
  const [before, after] = [first.neighbours, second.neighbours];
  const overlap = neighbourOverlap(before, after, k);
  const ranked = new Float64Array(count);
  const hardness = new Float64Array(count);
  const moments = [await similarityMoments(first), await similarityMoments(second)] as const;
  const scales = [similarityScale(moments[0]), similarityScale(moments[1])] as const;
  for (let row = 0; row < count; row++) {
    ranked[row] = rankBiasedOverlap(nearestOf(before, row, k), nearestOf(after, row, k));
    hardness[row] =
      standardHardness(after, scales[1], row, k) - standardHardness(before, scales[0], row, k);
  }
  const order = mostChanged(overlap, ranked);
  await yieldToEvents(0.2);
  const cka = await linearCka(first, second);
  await yieldToEvents(0.3);
  const labels = singleLabels(known.labels, known.labelMembers);
  const by = { labels, groups, sample };
  const scores = [await sideScores(first, by), await sideScores(second, by)] as const;
  const runs: readonly [SubsampledRun, SubsampledRun] = [
    { ...first, moments: moments[0] },
    { ...second, moments: moments[1] },
  ];
  const scored = scoredLabels(labels, groups).labels;
  const deviations = await subsampledDeviations(runs, { labels, scored }, { k, seed }, (fraction) =>
    yieldToEvents(0.4 + 0.1 * fraction),
  );
  const anchors = shuffledOrder(count, seedRandom(seed)).subarray(0, mostAnchors);
  const knownBin = async (side: ComparedSide) =>
    knownBins(
      known,
      (await calibratedSuspects(side, known, side.neighbours)) ?? mutualSuspects(side.neighbours),
    );
  const negatives = await negativeSetChanges(
    [
      { ...losses[0], knownBin: await knownBin(first) },
      { ...losses[1], knownBin: await knownBin(second) },
    ],
    anchors,
    (fraction) => yieldToEvents(0.5 + 0.4 * fraction),
  );
  return {
    pictures: count,
    k,
    dimensions: { a: first.dimensions, b: second.dimensions },
    neighbourOverlap: share(meanOf(overlap), deviations.neighbourOverlap),
    rankBiasedOverlap: share(meanOf(ranked), deviations.rankBiasedOverlap),
    hardness: around(meanOf(hardness), deviations.hardness),
    cka,
    anchors: anchors.length,
    negatives,
    ...comparedScores(scores, deviations),
    mostChanged: Array.from(order.subarray(0, most), (row) => {
      const { gained, lost } = changedNeighbours(before, after, row, k);
      return {
        id: row,
        overlap: overlap[row] ?? 0,
        rankBiasedOverlap: ranked[row] ?? 0,
        hardness: hardness[row] ?? 0,
        gained: [...gained],
        lost: [...lost],
        q: null,
      };
    }),
    mostChangedLabels: mostChangedLabels(overlap, labels),
    changedGroups: changedGroups(before, after, k, order, mostGroups),
    columns: { overlap, hardness },
  };
}

/** The scores of both sides; null where one of them has none. */
function comparedScores(
  [first, second]: readonly [Scores, Scores],
  deviations: SubsampledValues,
): Pick<
  Comparison,
  | 'accuracy'
  | 'linear'
  | 'balanced'
  | 'precisionAt20'
  | 'uniformity'
  | 'rankMe'
  | 'scoredPictures'
  | 'singletons'
> {
  const { precisionChance: chance, precisionCeiling: ceiling } = first;
  const knn = both(first.knn, second.knn);
  const precision = both(first.precisionAt20, second.precisionAt20);
  const linear = both(first.linear, second.linear);
  return {
    accuracy: knn && { ...knn, change: around(knn.b - knn.a, deviations.knn) },
    linear: linear && { ...linear, change: null },
    balanced: {
      knn: both(first.knnBalanced, second.knnBalanced),
      linear: both(first.linearBalanced, second.linearBalanced),
    },
    precisionAt20:
      precision === null || chance === null || ceiling === null
        ? null
        : {
            ...precision,
            change: around(precision.b - precision.a, deviations.precisionAt20),
            ...{ chance, ceiling },
          },
    uniformity: { a: first.uniformity, b: second.uniformity },
    rankMe: { a: first.rankMe, b: second.rankMe },
    scoredPictures: first.scoredPictures,
    singletons: first.singletons,
  };
}

function both(a: number | null, b: number | null): { a: number; b: number } | null {
  return a === null || b === null ? null : { a, b };
}

/** The 95 % interval around a value by its standard error. */
function around(mean: number, deviation: number): Interval {
  return { mean, low: mean - normalReach * deviation, high: mean + normalReach * deviation };
}

/** As `around`, for a value that lies between 0 and 1. */
function share(mean: number, deviation: number): Interval {
  const { low, high } = around(mean, deviation);
  return { mean, low: Math.max(0, low), high: Math.min(1, high) };
}

function meanOf(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0) / column.length;
}
