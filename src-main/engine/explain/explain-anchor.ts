import { EngineError } from '../../contract/errors/errors.ts';
import { evidenceBits } from '../../contract/negatives.ts';
import type { SelectionName } from '../../contract/objectives/parts.ts';
import { presets } from '../../contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../contract/objectives/presets.ts';
import { checkRing, ringRanks } from '../../contract/objectives/ring-ranks.ts';
import { anchorGradient } from './anchor-gradient.ts';
import type { AnchorGradient } from './anchor-gradient.ts';
import { assignBins, labelRelations } from './assign-bins.ts';
import { rankBySimilarity, similarityPercentiles } from '../numeric/similarity-rank.ts';
import type { SimilarityRanking } from '../numeric/similarity-rank.ts';
import { ringZones, zonesByRank } from '../losses/ring-zone.ts';
import { effectiveNumber } from '../numeric/softmax.ts';

/** The objective and the settings with which an anchor is explained. */
export interface ExplanationSettings {
  readonly objective: ObjectivePreset;
  /** Undefined for the objective's own; with a ring only the candidates in it are in the loss. */
  readonly selection?: SelectionName;
  readonly temperature: number;
  /** 0 for an objective that does not weight its negatives. */
  readonly beta: number;
  /** 0 for an objective that does not debias. */
  readonly tauPlus: number;
  readonly ringOuter: number;
  readonly ringInner: number;
  readonly ringDynamicInner: boolean;
}

/** The candidates of one anchor, as columns in the same order. */
export interface AnchorCandidates {
  /** Cosine similarity of each candidate to the anchor. */
  readonly similarities: Float64Array;
  /** The similarity of the anchor to its positive; 1 if the picture itself stands for its views. */
  readonly positiveSimilarity: number;
  /** One of `labelRelations` for each candidate. */
  readonly labelRelation: Uint8Array;
  /** 1 where anchor and candidate are among each other's nearest neighbours. */
  readonly mutualKnn: Uint8Array;
  /** 1 where the candidate is suspected false; mutual neighbours where it is left out. */
  readonly suspected?: Uint8Array;
  /** The ranking of the candidates, if it is computed already. */
  readonly ranking?: SimilarityRanking;
  /** Their percentiles, if they are computed already. */
  readonly percentile?: Float64Array;
  /** 1 where verdicts say that the candidate shows the same thing as the anchor. */
  readonly judgedSame?: Uint8Array;
  /** 1 where a verdict says that it shows another thing; its label relation is then "different". */
  readonly judgedDifferent?: Uint8Array;
}

/** The selections with a ring: only the candidates in the ring are in the loss. */
const ringSelections: readonly SelectionName[] = ['ring', 'ball', 'cave'];

/** Every number of one anchor's explanation, columns in the candidates' order (docs/formulas.md). */
export interface AnchorExplanation extends AnchorGradient {
  /** Candidates, the most similar first. */
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
  readonly percentile: Float64Array;
  /** The weights N q of HCL, with a mean of 1 over the negatives in the loss. */
  readonly weight: Float64Array;
  /** 1 / Σ q², Kish's effective sample size. */
  readonly effectiveNegatives: number;
  readonly zone: Uint8Array;
  readonly evidence: Uint8Array;
  /** Index into `binNames`. */
  readonly bin: Uint8Array;
}

/**
 * Explains one anchor: the weight and the share of each candidate in the loss with these settings, its
 * zone, evidence and bin.
 * @throws EngineError bad-argument without candidates, or if the loss has a ring and it is empty
 */
export function explainAnchor(
  candidates: AnchorCandidates,
  settings: ExplanationSettings,
): AnchorExplanation {
  const { similarities, positiveSimilarity, labelRelation } = candidates;
  const count = similarities.length;
  if (count === 0) {
    throw new EngineError('bad-argument', 'An anchor needs at least one other picture.');
  }
  const ranking = candidates.ranking ?? rankBySimilarity(similarities);
  const { ringOuter, ringInner, ringDynamicInner, objective } = settings;
  const selection = settings.selection ?? presets[objective].selection;
  const inner = selection === 'ball' ? 0 : ringInner;
  const ring = ringRanks(count, ringOuter, inner, ringDynamicInner);
  const isCut = ringSelections.includes(selection);
  if (isCut) checkRing(ring, count);
  const zone = zonesByRank(ranking.rank, ring);
  const gradient = anchorGradient(
    similarities,
    positiveSimilarity,
    settings,
    isCut ? (candidate) => zone[candidate] === ringZones.ring : undefined,
  );
  const inLoss = isCut ? ring.outer - ring.inner : count;
  const evidence = evidenceOf(candidates);
  return {
    ...gradient,
    ...ranking,
    percentile: candidates.percentile ?? similarityPercentiles(similarities, ranking),
    weight: scaled(gradient.importance, inLoss),
    effectiveNegatives: effectiveNumber(gradient.importance),
    zone,
    evidence,
    bin: assignBins({
      order: ranking.order,
      zone,
      share: gradient.share,
      evidence,
      labelRelation,
      suspected: candidates.suspected ?? candidates.mutualKnn,
    }),
  };
}

// Loops and not `map`, which is slower: there are 50,000 candidates, explained while a slider moves.
function scaled(values: Float64Array, factor: number): Float64Array {
  const products = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    products[index] = factor * (values[index] as number);
  }
  return products;
}

function evidenceOf({
  labelRelation,
  mutualKnn,
  suspected,
  judgedSame,
  judgedDifferent,
}: AnchorCandidates): Uint8Array {
  const evidence = new Uint8Array(labelRelation.length);
  for (let candidate = 0; candidate < evidence.length; candidate++) {
    evidence[candidate] =
      (labelRelation[candidate] === labelRelations.same ? evidenceBits.sameLabel : 0) |
      (mutualKnn[candidate] === 1 ? evidenceBits.mutualKnn : 0) |
      (suspected?.[candidate] === 1 ? evidenceBits.suspected : 0) |
      (judgedSame?.[candidate] === 1 ? evidenceBits.verdict : 0) |
      (judgedDifferent?.[candidate] === 1 ? evidenceBits.judgedDifferent : 0);
  }
  return evidence;
}
