import type { Comparison } from '../../contract/comparison.ts';
import { knnNeighbours } from '../../contract/run-scores.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { uniformity } from '../evaluation/alignment-uniformity.ts';
import { bootstrapMeans } from '../numeric/bootstrap-mean.ts';
import { changedGroups } from './changed-groups.ts';
import type { ChangedRows } from './changed-groups.ts';
import { calibratedSuspects } from '../explain/suspicion/suspects.ts';
import { falsePairs } from '../verdicts/false-pairs.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import { precisionChange } from './precision-change.ts';
import { linearClasses } from './linear-classes.ts';
import { linearCka } from './linear-cka.ts';
import { mostChanged, mostChangedLabels } from './most-changed.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours, neighbourOverlap } from './neighbour-overlap.ts';
import { negativeSetChanges } from './negative-set-change.ts';
import { neighbourClasses, pairedAccuracy } from './paired-accuracy.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';

/** The bins are compared for at most so many anchors, drawn at random. */
const mostAnchors = 1000;
const mostGroups = 12;

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
  /** Awaited now and then with the fraction done; may throw to cancel. */
  readonly yieldToEvents: (fraction: number) => Promise<void>;
}

/** A comparison with rows in place of sample ids, and numbers in place of names. */
export type ComparedRowsResult = Omit<
  Comparison,
  'a' | 'b' | 'alignment' | 'judgedSame' | 'mostChangedLabels' | 'changedGroups'
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
  { k, most, seed, yieldToEvents }: CompareRowsOptions,
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
  const anchors = shuffledOrder(count, seedRandom(seed)).subarray(0, mostAnchors);
  const isFalse = async (rows: UnitRows, neighbours: Neighbours) =>
    falsePairs(known, neighbours, await calibratedSuspects(rows, known, neighbours));
  const negatives = await negativeSetChanges(
    [
      { ...first, isFalse: await isFalse(first, before) },
      { ...second, isFalse: await isFalse(second, after) },
    ],
    anchors,
    (fraction) => yieldToEvents(0.4 + 0.5 * fraction),
  );
  return {
    pictures: count,
    k,
    dimensions: { a: first.dimensions, b: second.dimensions },
    ...bootstrapMeans({ neighbourOverlap: overlap, rankBiasedOverlap: ranked, hardness }, seed),
    cka,
    anchors: anchors.length,
    negatives,
    accuracy: pairedKnn(before, after, labels),
    linear,
    uniformity: { a: await uniformity(first), b: await uniformity(second) },
    precisionAt20: precisionChange(before, after, labels, seed),
    mostChanged: Array.from(order.subarray(0, most), (row) => {
      const { gained, lost } = changedNeighbours(before, after, row, k);
      return {
        id: row,
        overlap: overlap[row] ?? 0,
        rankBiasedOverlap: ranked[row] ?? 0,
        hardness: hardness[row] ?? 0,
        gained: [...gained],
        lost: [...lost],
      };
    }),
    mostChangedLabels: mostChangedLabels(overlap, labels),
    changedGroups: changedGroups(before, after, k, order, mostGroups),
    columns: { overlap, hardness },
  };
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
): Comparison['accuracy'] {
  if (Math.min(before.k, after.k) < knnNeighbours) return null;
  const classesOf = (run: Neighbours): Int32Array => neighbourClasses(run, labels, knnNeighbours);
  return pairedAccuracy(classesOf(before), classesOf(after), labels);
}

async function pairedLinear(
  first: UnitRows,
  second: UnitRows,
  labels: Int32Array,
): Promise<Comparison['linear']> {
  const one = await linearClasses(first, labels);
  const other = await linearClasses(second, labels);
  return one && other && pairedAccuracy(one, other, labels);
}
