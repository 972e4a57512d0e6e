import type { Comparison, Interval } from '../../contract/comparison.ts';
import { knnNeighbours } from '../../contract/run-scores.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { uniformity } from '../evaluation/alignment-uniformity.ts';
import { changedGroups } from './changed-groups.ts';
import type { ChangedRows } from './changed-groups.ts';
import { calibratedSuspects } from '../explain/suspicion/suspects.ts';
import { knownBins, mutualSuspects } from '../verdicts/false-pairs.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { pairedPrecision } from './paired-precision.ts';
import { subsampledDeviations } from './subsampled-deviations.ts';
import { linearClasses } from './linear-classes.ts';
import { linearCka } from './linear-cka.ts';
import { mostChanged, mostChangedLabels } from './most-changed.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours, neighbourOverlap } from './neighbour-overlap.ts';
import type { LossRows } from './compared-loss.ts';
import { negativeSetChanges } from './negative-set-change.ts';
import { neighbourClasses, pairedAccuracy } from './paired-accuracy.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';

/** The bins are compared for at most so many anchors, drawn at random. */
const mostAnchors = 1000;
const mostGroups = 12;
/** 95 % of a normal distribution lie within so many standard errors. */
const normalReach = 1.959964;

/** The unit rows of one run, and at least k exact neighbours of each. */
export interface ComparedSide extends UnitRows {
  readonly neighbours: Neighbours;
}

/** The settings of a comparison of rows. */
interface CompareRowsOptions {
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
  'a' | 'b' | 'alignment' | 'judgedSame' | 'trainings' | 'mostChangedLabels' | 'changedGroups'
> & {
  readonly mostChangedLabels: ReturnType<typeof mostChangedLabels>;
  readonly changedGroups: readonly ChangedRows[];
  /**
   * For each row the overlap of neighbours, and the change of the mean similarity to its
   * neighbours.
   */
  readonly columns: { readonly overlap: Float64Array; readonly hardness: Float64Array };
};

/** Measures how two runs differ on the same rows; `k` must be below the number of rows. */
export async function compareRows(
  first: ComparedSide,
  second: ComparedSide,
  known: KnownPairs,
  { k, most, seed, losses, yieldToEvents }: CompareRowsOptions,
): Promise<ComparedRowsResult> {
  const { count } = first;
  const [before, after] = [first.neighbours, second.neighbours];
  const overlap = neighbourOverlap(before, after, k);
  const ranked = new Float64Array(count);
  const hardness = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    ranked[row] = rankBiasedOverlap(nearestOf(before, row, k), nearestOf(after, row, k));
    hardness[row] = meanSimilarity(after, row, k) - meanSimilarity(before, row, k);
  }
  const order = mostChanged(overlap, ranked);
  await yieldToEvents(0.2);
  const cka = await linearCka(first, second);
  await yieldToEvents(0.3);
  const labels = singleLabels(known.labels, known.labelMembers);
  const linear = await pairedLinear(first, second, labels);
  await yieldToEvents(0.4);
  const deviations = await subsampledDeviations([before, after], labels, { k, seed }, (fraction) =>
    yieldToEvents(0.4 + 0.1 * fraction),
  );
  const knn = pairedKnn(before, after, labels);
  const precision = pairedPrecision(before, after, labels);
  const anchors = shuffledOrder(count, seedRandom(seed)).subarray(0, mostAnchors);
  const knownBin = async (rows: UnitRows, neighbours: Neighbours) =>
    knownBins(
      known,
      (await calibratedSuspects(rows, known, neighbours)) ?? mutualSuspects(neighbours),
    );
  const negatives = await negativeSetChanges(
    [
      { ...losses[0], knownBin: await knownBin(first, before) },
      { ...losses[1], knownBin: await knownBin(second, after) },
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
    accuracy: knn && { ...knn, change: around(knn.b - knn.a, deviations.knn) },
    linear: linear && { ...linear, change: null },
    uniformity: { a: await uniformity(first), b: await uniformity(second) },
    precisionAt20: precision && {
      ...precision,
      change: around(precision.b - precision.a, deviations.precisionAt20),
    },
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

function meanSimilarity({ similarities, k: width }: Neighbours, row: number, k: number): number {
  let total = 0;
  for (let index = row * width; index < row * width + k; index++) total += similarities[index] ?? 0;
  return total / k;
}

/** The kNN accuracies, as runs have them; null with fewer neighbours than vote there. */
function pairedKnn(
  before: Neighbours,
  after: Neighbours,
  labels: Int32Array,
): ReturnType<typeof pairedAccuracy> {
  if (Math.min(before.k, after.k) < knnNeighbours) return null;
  const classesOf = (run: Neighbours): Int32Array => neighbourClasses(run, labels, knnNeighbours);
  return pairedAccuracy(classesOf(before), classesOf(after), labels);
}

async function pairedLinear(
  first: UnitRows,
  second: UnitRows,
  labels: Int32Array,
): Promise<ReturnType<typeof pairedAccuracy>> {
  const one = await linearClasses(first, labels);
  const other = await linearClasses(second, labels);
  return one && other && pairedAccuracy(one, other, labels);
}
