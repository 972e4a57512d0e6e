import type { SeedGroup } from '../../contract/seed-groups.ts';
import type { SeedScore } from '../../contract/trainings-comparison.ts';
import { nearestOf } from '../neighbours/exact-neighbours.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { Run } from '../store/runs.ts';
import { changedGroups } from './changed-groups.ts';
import { mostChanged } from './most-changed.ts';
import { neighbourOverlap } from './neighbour-overlap.ts';
import { rankBiasedOverlap } from './rank-biased-overlap.ts';
import { sideScores } from './side-scores.ts';
import type { ComparedSide, ScoredBy } from './side-scores.ts';

/** The scores of one run on the shared pictures, as a comparison measures them. */
export type SideScores = Readonly<Record<Exclude<SeedScore, 'alignment'>, number | null>>;

/** How two seeds of a training differ: the overlap of each picture's neighbours, and summaries. */
export interface SeedPair {
  readonly overlap: readonly number[];
  readonly rankBiasedOverlap: number;
  /** Pictures in the largest group that changes in the same way. */
  readonly largestGroup: number;
}

/** Pairs of seeds of one group that are looked at. */
const mostPairs = 6;

/** The scores of a run's rows by which trainings are compared. */
export async function scoreSide(side: ComparedSide, by: ScoredBy): Promise<SideScores> {
  const scores = await sideScores(side, by);
  const { knn, knnBalanced, linear, linearBalanced, precisionAt20, uniformity, rankMe } = scores;
  return { knn, knnBalanced, linear, linearBalanced, precisionAt20, uniformity, rankMe };
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
