import type { Comparison } from '../../contract/comparison.ts';
import { knnNeighbours } from '../../contract/run-scores.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { seedRandom, shuffledOrder } from '../numeric/random.ts';
import { uniformity } from '../evaluation/alignment-uniformity.ts';
import { bootstrapMeans } from '../numeric/bootstrap-mean.ts';
import { changedGroups } from './changed-groups.ts';
import type { ChangedRows } from './changed-groups.ts';
import { falsePairs } from '../verdicts/false-pairs.ts';
import type { KnownPairs } from '../verdicts/false-pairs.ts';
import { accuracyOf } from '../evaluation/accuracy.ts';
import { singleLabels } from '../evaluation/label-columns.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import type { ProbeShares } from '../evaluation/linear-probe.ts';
import { rankMe } from '../evaluation/rank-me.ts';
import { scoredLabels } from '../evaluation/scored-labels.ts';
import { votedLabels } from '../evaluation/weighted-knn.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import { precisionChange } from './precision-change.ts';
import { linearCka } from './linear-cka.ts';
import { mostChanged, mostChangedLabels } from './most-changed.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import { changedNeighbours, neighbourOverlap } from './neighbour-overlap.ts';
import { negativeSetChanges } from './negative-set-change.ts';
import { pairedAccuracy } from './paired-accuracy.ts';
import { pairedProbe } from './paired-probe.ts';
import { similarityScale, standardHardness } from './standard-hardness.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';

/** The bins are compared for at most so many anchors, drawn at random. */
const mostAnchors = 1000;
const mostGroups = 12;

/** The unit rows of one run, and at least k exact neighbours of each. */
export interface ComparedSide extends UnitRows {
  readonly neighbours: Neighbours;
  /** The neighbours that vote: those outside a row's group. */
  readonly voting: Neighbours;
  /** Fits the run's linear probe to the labels of the scored rows; null where it is left out. */
  readonly fitProbe: (scored: LabelColumn) => Promise<ProbeShares | null>;
}

/** The settings of a comparison of rows. */
interface CompareRowsOptions {
  /** Neighbours of each row that are compared. */
  readonly k: number;
  /** How many of the most changed rows are listed. */
  readonly most: number;
  readonly seed: number;
  /** The groups whose rows do not vote for each other; null where every row is on its own. */
  readonly groups: Int32Array | null;
  /** The rows whose spread is measured by uniformity and RankMe (`scoreSample`). */
  readonly sample: Uint32Array;
  /** Awaited now and then with the fraction done; may throw to cancel. */
  readonly yieldToEvents: (fraction: number) => Promise<void>;
}

/** A comparison with rows in place of sample ids, and numbers in place of names. */
export type ComparedRowsResult = Omit<
  Comparison,
  'a' | 'b' | 'alignment' | 'judgedSame' | 'leftOut' | 'mostChangedLabels' | 'changedGroups'
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
  { k, most, seed, groups, sample, yieldToEvents }: CompareRowsOptions,
): Promise<ComparedRowsResult> {
  const { count } = first;
  const [before, after] = [first.neighbours, second.neighbours];
  const overlap = neighbourOverlap(before, after, k);
  const ranked = new Float64Array(count);
  const hardness = new Float64Array(count);
  const scales = [await similarityScale(first), await similarityScale(second)] as const;
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
  const scored = scoredLabels(labels, groups);
  const accuracies = await pairedAccuracies([first, second], labels, scored.labels);
  await yieldToEvents(0.4);
  const anchors = shuffledOrder(count, seedRandom(seed)).subarray(0, mostAnchors);
  const negatives = await negativeSetChanges(
    [
      { ...first, isFalse: falsePairs(known, before) },
      { ...second, isFalse: falsePairs(known, after) },
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
    ...accuracies,
    scoredPictures: scored.pictures,
    singletons: scored.alone,
    ...(await spreads(first, second, sample)),
    precisionAt20: precisionChange(first.voting, second.voting, labels, seed, {
      scored: scored.labels,
      groups,
    }),
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

/** The accuracies, as runs have them; those by neighbours are null with fewer than vote there. */
async function pairedAccuracies(
  [first, second]: readonly [ComparedSide, ComparedSide],
  labels: LabelColumn,
  scored: LabelColumn,
): Promise<Pick<Comparison, 'accuracy' | 'linear' | 'balanced'>> {
  const isEnough = Math.min(first.voting.k, second.voting.k) >= knnNeighbours;
  const voted = isEnough
    ? [first, second].map(({ voting }) =>
        votedLabels({ neighbours: voting, labels }, knnNeighbours),
      )
    : [];
  const [one, other] = voted;
  const shares = [await first.fitProbe(scored), await second.fitProbe(scored)] as const;
  const byVote = (given: Int32Array): number =>
    accuracyOf(scored, (row, own) => (given[row] === own ? 1 : 0))?.balanced ?? 0;
  const byProbe = ({ right }: ProbeShares): number =>
    accuracyOf(scored, (row) => right[row] ?? 0)?.balanced ?? 0;
  return {
    accuracy: one && other ? pairedAccuracy(one, other, scored) : null,
    linear: shares[0] && shares[1] && pairedProbe(shares[0], shares[1], scored),
    balanced: {
      knn: one && other ? { a: byVote(one), b: byVote(other) } : null,
      linear: shares[0] && shares[1] && { a: byProbe(shares[0]), b: byProbe(shares[1]) },
    },
  };
}

async function spreads(
  first: UnitRows,
  second: UnitRows,
  sample: Uint32Array,
): Promise<Pick<Comparison, 'uniformity' | 'rankMe'>> {
  const drawn = (rows: UnitRows): UnitRows => ({
    vectors: vectorsAt(rows, sample),
    count: sample.length,
    dimensions: rows.dimensions,
  });
  const [a, b] = [drawn(first), drawn(second)];
  return {
    uniformity: { a: await uniformity(a), b: await uniformity(b) },
    rankMe: { a: await rankMe(a), b: await rankMe(b) },
  };
}
