import type { EvaluateResult, ScoreNumbers } from '../../contract/runs.ts';
import { knnNeighbours, precisionNeighbours } from '../../contract/run-scores.ts';
import type { Neighbours } from '../neighbours/exact-neighbours.ts';
import { vectorsAt } from '../numeric/unit-rows.ts';
import type { UnitRows } from '../numeric/unit-rows.ts';
import { accuracyOf } from './accuracy.ts';
import { uniformity } from './alignment-uniformity.ts';
import type { LabelColumn } from './label-columns.ts';
import { probeObstacle } from './linear-probe.ts';
import type { ProbeShares } from './linear-probe.ts';
import { precisionAtK, precisionBounds } from './precision-at-k.ts';
import { rankMe } from './rank-me.ts';
import { scoredLabels } from './scored-labels.ts';
import type { ScoredLabels } from './scored-labels.ts';
import { votedLabels } from './weighted-knn.ts';

/** What is measured of embeddings. */
export type Scores = Omit<EvaluateResult, 'k' | 'judgedSame' | 'met' | 'split' | 'leftOut'>;

/** Fits the linear probe to the labels of the rows that are scored. */
export type FitProbe = (labels: LabelColumn) => Promise<ProbeShares | null>;

/** Unit rows that are to be scored, and what the scores need. */
interface ScoredEmbeddings {
  readonly rows: UnitRows;
  /** The labels of the same rows. */
  readonly labels: LabelColumn;
  /** The groups whose pictures do not vote for each other; null where every picture is on its own. */
  readonly groups: Int32Array | null;
  /** The neighbours of the same rows outside their groups; null leaves out the scores by neighbours. */
  readonly neighbours: Neighbours | null;
  /** k of the kNN accuracy; null leaves it out. */
  readonly k: number | null;
  /** The rows whose spread is measured by uniformity and RankMe (`scoreSample`). */
  readonly sample: Uint32Array;
  /** The alignment, measured before because it needs views of each picture; null if unknown. */
  readonly alignment: number | null;
  /** Null leaves the probe out. */
  readonly fitProbe: FitProbe | null;
}

/** How many neighbours the scores need, of at most `others`. */
export function neededNeighbours(others: number, k: number = knnNeighbours): number {
  return Math.min(others, Math.max(k, precisionNeighbours));
}

/**
 * Every score of embeddings; null for scores that are left out, or that need labels without labels.
 * @throws EngineError bad-argument if there are fewer than `k` neighbours a row
 */
export async function scoreEmbeddings(embeddings: ScoredEmbeddings): Promise<Scores> {
  const { rows, labels, groups, sample, alignment, fitProbe } = embeddings;
  const scored = scoredLabels(labels, groups);
  const { dimensions } = rows;
  const spread = { vectors: vectorsAt(rows, sample), count: sample.length, dimensions };
  const remarks = remarksOf(scored, fitProbe && probeObstacle(dimensions, scored.labels));
  return {
    ...scoresByNeighbours(embeddings, scored.labels),
    ...(await scoresByProbe(fitProbe, scored.labels)),
    alignment,
    uniformity: await uniformity(spread),
    rankMe: await rankMe(spread),
    scoredPictures: scored.pictures,
    singletons: scored.alone,
    ...(remarks.length > 0 && { remarks }),
  };
}

type ByNeighbours =
  'knn' | 'knnBalanced' | 'precisionAt20' | 'precisionChance' | 'precisionCeiling';

const noneByNeighbours: Pick<Scores, ByNeighbours> = {
  ...{ knn: null, knnBalanced: null },
  ...{ precisionAt20: null, precisionChance: null, precisionCeiling: null },
};

function scoresByNeighbours(
  { labels, groups, neighbours, k }: ScoredEmbeddings,
  scored: LabelColumn,
): Pick<Scores, ByNeighbours> {
  if (neighbours === null) return noneByNeighbours;
  const considered = { labels, scored, groups };
  const voted = k === null ? null : votedLabels({ neighbours, labels }, k);
  const knn = voted && accuracyOf(scored, (row, own) => (voted[row] === own ? 1 : 0));
  const bounds = precisionBounds(considered);
  return {
    ...{ knn: knn?.all ?? null, knnBalanced: knn?.balanced ?? null },
    precisionAt20: precisionAtK({ ...considered, neighbours }),
    precisionChance: bounds?.chance ?? null,
    precisionCeiling: bounds?.ceiling ?? null,
  };
}

async function scoresByProbe(
  fitProbe: FitProbe | null,
  scored: LabelColumn,
): Promise<Pick<Scores, 'linear' | 'linearBalanced'>> {
  const shares = fitProbe && (await fitProbe(scored));
  const linear = shares && accuracyOf(scored, (row) => shares.right[row] ?? 0);
  return { linear: linear?.all ?? null, linearBalanced: linear?.balanced ?? null };
}

function remarksOf({ alone }: ScoredLabels, obstacle: string | null): string[] {
  const counted =
    alone === 1
      ? '1 labelled picture is not counted, because no other one that may vote has its label.'
      : `${alone} labelled pictures are not counted, because no other one that may vote has their label.`;
  return [...(alone > 0 ? [counted] : []), ...(obstacle === null ? [] : [obstacle])];
}

/** The scores without those that are null, as a run stores them. */
export function knownScores(scores: Scores): ScoreNumbers {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([name, score]) =>
      typeof score === 'number' ? [[name, score]] : [],
    ),
  );
}
