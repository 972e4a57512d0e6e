import { precisionNeighbours, knnNeighbours } from '../../contract/run-scores.ts';
import type { LabelColumn } from '../evaluation/label-columns.ts';
import { knnTemperature } from '../evaluation/weighted-knn.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { rankBiasedOverlapOf } from './rank-biased-overlap.ts';
import { scaleOfPart, standardised } from './standard-hardness.ts';
import type { SimilarityMoments } from './standard-hardness.ts';

/** What is measured of two runs on some of the pictures; `b - a` where it is of each run. */
export const subsampledMeasures = [
  'knn',
  'precisionAt20',
  'neighbourOverlap',
  'rankBiasedOverlap',
  'hardness',
] as const;
export type SubsampledValues = Record<(typeof subsampledMeasures)[number], number>;

/** What of a run is measured on parts of its rows. */
export interface SubsampledRun {
  readonly neighbours: Neighbours;
  /** The neighbours outside a row's group, by which kNN and precision are measured. */
  readonly voting: Neighbours;
  readonly moments: SimilarityMoments;
}

/** The labels of all rows, which vote, and of those that are scored; -1 for the others. */
export interface SubsampledLabels {
  readonly labels: LabelColumn;
  readonly scored: LabelColumn;
}

/** How many nearest neighbours each measure takes. */
interface NeighbourCounts {
  readonly k: number;
  readonly precisionAt: number;
  readonly votes: number;
}

/** The numbers of neighbours in a comparison of all rows. */
export function countsOfAll(k: number): NeighbourCounts {
  return { k, precisionAt: precisionNeighbours, votes: knnNeighbours };
}

/**
 * The numbers of neighbours in half of the rows that reach as far as those of all: half as many. As many
 * as before would reach beyond small classes. The few that vote stay.
 */
export function countsOfHalf(k: number): NeighbourCounts {
  const half = (count: number): number => Math.max(1, Math.round(count / 2));
  return { k: half(k), precisionAt: half(precisionNeighbours), votes: knnNeighbours };
}

/**
 * Measures two runs on a part of their rows: a row outside is neither an anchor nor a neighbour. The
 * arrays are allocated once; each call of `of` uses them again.
 */
export class MeasuresOfPart {
  readonly #runs: readonly [SubsampledRun, SubsampledRun];
  readonly #labels: LabelColumn;
  readonly #scored: LabelColumn;
  readonly #k: number;
  readonly #precisionAt: number;
  readonly #voters: number;
  readonly #nearest: readonly [NearestInPart, NearestInPart];
  readonly #voting: readonly [NearestInPart, NearestInPart];
  readonly #ranks: Int32Array;
  readonly #overlaps: Uint32Array;
  readonly #votes: Float64Array;

  constructor(
    runs: readonly [SubsampledRun, SubsampledRun],
    { labels, scored }: SubsampledLabels,
    { k, precisionAt, votes }: NeighbourCounts,
  ) {
    this.#runs = runs;
    this.#labels = labels;
    this.#scored = scored;
    this.#k = k;
    this.#precisionAt = precisionAt;
    this.#voters = votes;
    const most = Math.max(k, precisionAt, votes);
    this.#nearest = [new NearestInPart(most), new NearestInPart(most)];
    const areSame = runs.every(({ neighbours, voting }) => neighbours === voting);
    this.#voting = areSame ? this.#nearest : [new NearestInPart(most), new NearestInPart(most)];
    this.#ranks = new Int32Array(labels.length).fill(-1);
    this.#overlaps = new Uint32Array(k);
    this.#votes = new Float64Array(labels.reduce((top, label) => Math.max(top, label), -1) + 1);
  }

  /** The measures on the rows that `isIn` marks with 1. */
  of(isIn: Uint8Array): SubsampledValues {
    const [one, other] = this.#runs;
    const [first, second] = this.#nearest;
    const scales = [scaleOfPart(one.moments, isIn), scaleOfPart(other.moments, isIn)] as const;
    const total = { knn: 0, precisionAt20: 0, neighbourOverlap: 0, rankBiasedOverlap: 0 };
    let [hardness, rows, labelled] = [0, 0, 0];
    for (let row = 0; row < isIn.length; row++) {
      if (isIn[row] !== 1) continue;
      first.find(one.neighbours, row, isIn);
      second.find(other.neighbours, row, isIn);
      rows += 1;
      const overlaps = this.#compareRankings();
      total.neighbourOverlap += jaccardOf(overlaps);
      total.rankBiasedOverlap += rankBiasedOverlapOf(overlaps);
      hardness +=
        standardised(second.meanSimilarity(this.#k), scales[1]) -
        standardised(first.meanSimilarity(this.#k), scales[0]);
      const label = this.#scored[row] as number;
      if (label < 0) continue;
      labelled += 1;
      const [before, after] = this.#votersOf(row, isIn);
      total.precisionAt20 += this.#precision(after, label) - this.#precision(before, label);
      total.knn += this.#isRight(after, label) - this.#isRight(before, label);
    }
    return {
      knn: total.knn / Math.max(1, labelled),
      precisionAt20: total.precisionAt20 / Math.max(1, labelled),
      neighbourOverlap: total.neighbourOverlap / rows,
      rankBiasedOverlap: total.rankBiasedOverlap / rows,
      hardness: hardness / rows,
    };
  }

  /** The neighbours of a row that vote; they are found already where all vote. */
  #votersOf(row: number, isIn: Uint8Array): readonly [NearestInPart, NearestInPart] {
    const voting = this.#voting;
    if (voting === this.#nearest) return voting;
    voting[0].find(this.#runs[0].voting, row, isIn);
    voting[1].find(this.#runs[1].voting, row, isIn);
    return voting;
  }

  /** The overlaps of the first d neighbours, for d from 1 to k or to as many as both have. */
  #compareRankings(): Uint32Array {
    const [first, second] = this.#nearest;
    const depth = Math.min(this.#k, first.count, second.count);
    const [ranks, overlaps] = [this.#ranks, this.#overlaps.subarray(0, depth).fill(0)];
    for (let rank = 0; rank < depth; rank++) ranks[first.rows[rank] as number] = rank;
    for (let rank = 0; rank < depth; rank++) {
      const other = ranks[second.rows[rank] as number] as number;
      if (other < 0) continue;
      const shared = Math.max(rank, other);
      overlaps[shared] = (overlaps[shared] as number) + 1;
    }
    for (let rank = 1; rank < depth; rank++) {
      overlaps[rank] = (overlaps[rank] as number) + (overlaps[rank - 1] as number);
    }
    for (let rank = 0; rank < depth; rank++) ranks[first.rows[rank] as number] = -1;
    return overlaps;
  }

  #precision({ rows, count }: NearestInPart, label: number): number {
    const considered = Math.min(this.#precisionAt, count);
    let same = 0;
    for (let rank = 0; rank < considered; rank++) {
      if (this.#labels[rows[rank] as number] === label) same += 1;
    }
    return considered === 0 ? 0 : same / considered;
  }

  /** 1 where the vote of the nearest gives the label, as `classScores` and `highestClass` do. */
  #isRight({ rows, similarities, count }: NearestInPart, label: number): number {
    const votes = this.#votes.fill(0);
    for (let rank = 0; rank < Math.min(this.#voters, count); rank++) {
      const other = this.#labels[rows[rank] as number] as number;
      if (other < 0) continue;
      const vote = Math.exp((similarities[rank] as number) / knnTemperature);
      votes[other] = (votes[other] as number) + vote;
    }
    let [best, highest] = [-1, 0];
    for (let one = 0; one < votes.length; one++) {
      if ((votes[one] as number) > highest) [best, highest] = [one, votes[one] as number];
    }
    return best === label ? 1 : 0;
  }
}

/** The Jaccard index of two lists, from the overlaps of their first ranks; 1 of empty ones. */
function jaccardOf(overlaps: Uint32Array): number {
  const depth = overlaps.length;
  const shared = overlaps[depth - 1] ?? 0;
  return depth === 0 ? 1 : shared / (2 * depth - shared);
}

/** The nearest neighbours of a row among those of a part, the most similar first. */
class NearestInPart {
  readonly rows: Int32Array;
  readonly similarities: Float64Array;
  count = 0;

  constructor(most: number) {
    this.rows = new Int32Array(most);
    this.similarities = new Float64Array(most);
  }

  find({ rows, similarities, k }: Neighbours, row: number, isIn: Uint8Array): void {
    let count = 0;
    for (let index = row * k; index < (row + 1) * k && count < this.rows.length; index++) {
      const other = rows[index] as number;
      if (isIn[other] !== 1) continue;
      this.rows[count] = other;
      this.similarities[count++] = similarities[index] as number;
    }
    this.count = count;
  }

  meanSimilarity(k: number): number {
    const considered = Math.min(k, this.count);
    let total = 0;
    for (let rank = 0; rank < considered; rank++) total += this.similarities[rank] as number;
    return considered === 0 ? 0 : total / considered;
  }
}
