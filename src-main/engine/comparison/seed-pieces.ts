import type { SeedGroup } from '../../contract/seed-groups.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { precisionAtK } from '../evaluation/precision-at-k.ts';
import { uniformity } from '../evaluation/alignment-uniformity.ts';
import { knnNeighbours } from '../../contract/run-scores.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { changedGroups } from './changed-groups.ts';
import type { ComparedSide } from './compare-rows.ts';
import { linearClasses } from './linear-classes.ts';
import { mostChanged } from './most-changed.ts';
import { neighbourOverlap } from './neighbour-overlap.ts';
import { accuracyOf, neighbourClasses } from './paired-accuracy.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';

/** The scores of one run on the shared pictures, as a comparison measures them. */
export interface SideScores {
  readonly knn: number | null;
  readonly linear: number | null;
  readonly precisionAt20: number | null;
  readonly uniformity: number;
}

/** How two seeds of a training differ: the overlap of each picture's neighbours, and summaries. */
export interface SeedPair {
  readonly overlap: readonly number[];
  readonly rankBiasedOverlap: number;
  /** Pictures in the largest group that changes in the same way. */
  readonly largestGroup: number;
}

/** Pairs of seeds of one group that are looked at. */
const mostPairs = 6;

/** The scores of a run's rows. */
export async function scoreSide(side: ComparedSide, labels: LabelColumn): Promise<SideScores> {
  const { neighbours } = side;
  const linear = await linearClasses(side, labels);
  const isEnough = neighbours.k >= knnNeighbours;
  return {
    knn: isEnough ? accuracyOf(neighbourClasses(neighbours, labels, knnNeighbours), labels) : null,
    linear: linear && accuracyOf(linear, labels),
    precisionAt20: precisionAtK({ neighbours, labels }),
    uniformity: await uniformity(side),
  };
}

/** Measures how the neighbours of two seeds differ; `k` of each row are compared. */
export function measureSeedPair(first: Neighbours, second: Neighbours, k: number): SeedPair {
  const overlap = neighbourOverlap(first, second, k);
  const ranked = overlap.map((_, row) =>
    rankBiasedOverlap(nearestOf(first, row, k), nearestOf(second, row, k)),
  );
  const order = mostChanged(overlap, ranked);
  const [largest] = changedGroups(first, second, k, order, 1);
  return {
    overlap: Array.from(overlap, (value) => Math.round(value * 1e4) / 1e4),
    rankBiasedOverlap: ranked.reduce((total, value) => total + value, 0) / ranked.length,
    largestGroup: largest?.rows.length ?? 0,
  };
}

/** Pairs of seeds of a group: all where there are few, else each seed with the next. */
export function seedPairs({ runs }: SeedGroup<Run>): (readonly [Run, Run])[] {
  const all = runs.flatMap((first, index) =>
    runs.slice(index + 1).map((second) => [first, second] as const),
  );
  if (all.length <= mostPairs) return all;
  return runs
    .map((first, index) => [first, runs[(index + 1) % runs.length] ?? first] as const)
    .slice(0, mostPairs);
}
