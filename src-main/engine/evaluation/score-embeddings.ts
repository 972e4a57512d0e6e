import type { EvaluateResult, Metrics } from '../../contract/runs.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { uniformity } from './alignment-uniformity.ts';
import { falseNegativeRate } from './false-negative-rate.ts';
import type { LabelColumn } from './label-columns.ts';
import { linearProbeAccuracy } from './linear-probe.ts';
import { leaveOneOutAccuracy } from './weighted-knn.ts';

/** k of the kNN accuracy that runs are compared by. */
export const knnNeighbours = 5;

/** What is scored: unit rows, and what is known of them. */
export interface ScoredEmbeddings {
  readonly rows: UnitRows;
  /** Of the same rows. */
  readonly labels: LabelColumn;
  /** Of the same rows; null leaves out what is scored by neighbours. */
  readonly neighbours: Neighbours | null;
  /** k of the kNN accuracy; null leaves it out. */
  readonly k: number | null;
  /** Of two views of each picture, measured where the views were at hand. */
  readonly alignment: number | null;
  /** Called between the steps of the linear probe; null leaves the probe out. */
  readonly betweenProbeSteps: (() => Promise<void>) | null;
}

/**
 * Every score of embeddings; null for what was left out, or needs labels where there are none.
 * @throws EngineError bad-argument when fewer than `k` neighbours a row are given
 */
export async function scoreEmbeddings(scored: ScoredEmbeddings): Promise<EvaluateResult> {
  const { rows, labels, neighbours, k, alignment, betweenProbeSteps } = scored;
  const labelled = neighbours && { neighbours, labels };
  return {
    knn: labelled && k !== null ? leaveOneOutAccuracy(labelled, k) : null,
    falseNegativeRate: labelled && falseNegativeRate(labelled),
    linear: betweenProbeSteps && (await linearProbeAccuracy(rows, labels, betweenProbeSteps)),
    alignment,
    uniformity: await uniformity(rows),
  };
}

/** The scores that are numbers, as a run holds them. */
export function knownScores(scores: EvaluateResult): Metrics {
  return Object.fromEntries(Object.entries(scores).filter(([, score]) => score !== null));
}
