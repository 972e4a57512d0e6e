import type { EvaluateResult, Metrics } from '../../contract/runs.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { uniformity } from './alignment-uniformity.ts';
import { precisionAtK } from './precision-at-k.ts';
import type { LabelColumn } from './label-columns.ts';
import { linearProbeAccuracy } from './linear-probe.ts';
import { leaveOneOutAccuracy } from './weighted-knn.ts';

/** What is measured of embeddings. */
export type Scores = Omit<EvaluateResult, 'k' | 'judgedSame'>;

/** Unit rows that are to be scored, and what the scores need. */
interface ScoredEmbeddings {
  readonly rows: UnitRows;
  /** The labels of the same rows. */
  readonly labels: LabelColumn;
  /** The neighbours of the same rows; null leaves out the scores by neighbours. */
  readonly neighbours: Neighbours | null;
  /** k of the kNN accuracy; null leaves it out. */
  readonly k: number | null;
  /** The alignment, measured before because it needs views of each picture; null if unknown. */
  readonly alignment: number | null;
  /** Called between the steps of the linear probe; null leaves the probe out. */
  readonly betweenProbeSteps: (() => Promise<void>) | null;
}

/**
 * Every score of embeddings; null for scores that are left out, or that need labels without labels.
 * @throws EngineError bad-argument if there are fewer than `k` neighbours a row
 */
export async function scoreEmbeddings(scored: ScoredEmbeddings): Promise<Scores> {
  const { rows, labels, neighbours, k, alignment, betweenProbeSteps } = scored;
  const labelled = neighbours && { neighbours, labels };
  return {
    knn: labelled && k !== null ? leaveOneOutAccuracy(labelled, k) : null,
    precisionAt20: labelled && precisionAtK(labelled),
    linear: betweenProbeSteps && (await linearProbeAccuracy(rows, labels, betweenProbeSteps)),
    alignment,
    uniformity: await uniformity(rows),
  };
}

/** The scores without those that are null, as a run stores them. */
export function knownScores(scores: Scores): Metrics {
  return Object.fromEntries(Object.entries(scores).filter(([, score]) => score !== null));
}
