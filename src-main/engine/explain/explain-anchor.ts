import { EngineError } from '../../contract/errors/errors.ts';
import { takersOfPush } from '../../contract/bins.ts';
import { evidenceBits } from '../../contract/negatives.ts';
import { hasRing } from '../../contract/objectives/has-ring.ts';
import type { LossName, SelectionName } from '../../contract/objectives/parts.ts';
import type { ObjectiveSettings } from '../../contract/objectives/settings-table.ts';
import { presets } from '../../contract/objectives/presets.ts';
import type { ObjectivePreset } from '../../contract/objectives/presets.ts';
import { checkRing, ringRanks } from '../../contract/objectives/ring-ranks.ts';
import type { RingRanks } from '../../contract/objectives/ring-ranks.ts';
import { anchorGradient } from './anchor-gradient.ts';
import type { AnchorGradient } from './anchor-gradient.ts';
import { assignBins, labelRelations } from './assign-bins.ts';
import { binaryNceGradient } from './binary-nce-gradient.ts';
import type { NoiseSettings } from './binary-nce-gradient.ts';
import { knownNegativeGradient } from './known-negative-gradient.ts';
import { sigmoidGradient } from './sigmoid-gradient.ts';
import { supConLoss } from './supcon-loss.ts';
import { rankBySimilarity, similarityPercentiles } from '../numeric/similarity-rank.ts';
import type { SimilarityRanking } from '../numeric/similarity-rank.ts';
import type { PictureCutRanks } from './picture-zones.ts';
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
  /** The loss where it is not InfoNCE. */
  readonly loss?: LossName;
  /** The mean and the spread of ADNCE's weights; left out for other objectives. */
  readonly gauss?: { readonly mean: number; readonly sigma: number };
  /** Of SupCon: what its positives come from, and the splits whose labels it was given; all where left out. */
  readonly positivesFrom?: ObjectiveSettings['positivesFrom'];
  readonly labelsOf?: string[];
  /** Of the pairwise sigmoid; −ln N where left out. */
  readonly sigmoidBias?: number;
  /** Whether a candidate is known to be different, where the loss asks (`knownNegativeGradient`). */
  readonly isKnown?: (candidate: number) => boolean;
  /** Of binary NCE. */
  readonly noise?: NoiseSettings;
  /** The part of all that is pushed which the hard negatives take together, 0 to 1. */
  readonly hardShare: number;
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
  /** 1 where the candidate is a positive of SupCon; undefined for other losses. */
  readonly isPositive?: Uint8Array;
}

/** What a loss makes of an anchor's candidates, columns in their order. */
export interface AnchorLoss extends AnchorGradient {
  /** The weights N q of HCL, with a mean of 1 over the negatives in the loss. */
  readonly weight: Float64Array;
  /** (Σ p)² / Σ p² of the pushes p = max(γ, 0), Kish's effective sample size; 0 while clamped. */
  readonly effectiveNegatives: number;
  readonly zone: Uint8Array;
  /** The signed shares that there would be without the ring of the loss; `share` where it has none. */
  readonly unringedShare: Float64Array;
  /** Where candidates are several vectors each, or several ranks: what the cuts make of them. */
  readonly cutRanks?: PictureCutRanks;
}

/** Every number of one anchor's explanation, columns in the candidates' order (docs/formulas.md). */
export interface AnchorExplanation extends AnchorLoss {
  /** Candidates, the most similar first. */
  readonly order: Uint32Array;
  readonly rank: Uint32Array;
  readonly percentile: Float64Array;
  readonly evidence: Uint8Array;
  /** Index into `binNames`. */
  readonly bin: Uint8Array;
}

/**
 * The loss of one anchor with these settings: the weight and the share of each candidate, and its zone.
 * `ranks` are the ring's cuts where they are not those of the settings.
 * @throws EngineError bad-argument if the loss has a ring and it is empty
 */
export function anchorLoss(
  {
    similarities,
    positiveSimilarity,
    isPositive,
  }: Pick<AnchorCandidates, 'similarities' | 'positiveSimilarity' | 'isPositive'>,
  { rank, order }: SimilarityRanking,
  settings: ExplanationSettings,
  ranks?: RingRanks,
): AnchorLoss {
  const count = similarities.length;
  if (isPositive) {
    const of = { similarities, positiveSimilarity, isPositive, order };
    return supConLoss(of, settings.temperature, (negatives) => shownRing(negatives, settings));
  }
  const ring = ranks ?? shownRing(count, settings);
  const isCut = hasRing(settings);
  if (isCut) checkRing(ring, count);
  const zone = zonesByRank(rank, ring);
  const gradient = gradientOf(
    similarities,
    positiveSimilarity,
    settings,
    isCut ? (candidate) => zone[candidate] === ringZones.ring : undefined,
  );
  const inLoss = isCut ? ring.outer - ring.inner : count;
  // What a ring leaves out has no share: hard is what would take the push without the ring.
  const unringed = isCut ? gradientOf(similarities, positiveSimilarity, settings) : gradient;
  return {
    ...gradient,
    weight: scaled(gradient.importance, inLoss),
    effectiveNegatives: gradient.clamped ? 0 : effectiveNumber(gradient.share),
    zone,
    unringedShare: unringed.share,
  };
}

/**
 * Explains one anchor: what the loss with these settings makes of each candidate (or what `known` says),
 * and its rank, evidence and bin.
 * @throws EngineError bad-argument without candidates, or if the loss has a ring and it is empty
 */
export function explainAnchor(
  candidates: AnchorCandidates,
  settings: ExplanationSettings,
  known?: AnchorLoss,
): AnchorExplanation {
  const { similarities, labelRelation } = candidates;
  if (similarities.length === 0) {
    throw new EngineError('bad-argument', 'An anchor needs at least one other picture.');
  }
  const ranking = candidates.ranking ?? rankBySimilarity(similarities);
  const loss = known ?? anchorLoss(candidates, ranking, settings);
  const { zone, unringedShare } = loss;
  const evidence = evidenceOf(candidates);
  const takesPush = takersOfPush(unringedShare, ranking.order, settings.hardShare);
  return {
    ...loss,
    ...ranking,
    percentile: candidates.percentile ?? similarityPercentiles(similarities, ranking),
    evidence,
    bin: assignBins(
      { evidence, labelRelation, suspected: candidates.suspected ?? candidates.mutualKnn },
      { hasRing: hasRing(settings), zone, takesPush },
    ),
  };
}

/**
 * The ranks of the ring among `count` candidates that the settings cut out; of a loss without a ring,
 * of the one that is shown.
 */
export function shownRing(count: number, settings: ExplanationSettings): RingRanks {
  const { ringOuter, ringInner, ringDynamicInner, objective } = settings;
  const selection = settings.selection ?? presets[objective].selection;
  const inner = selection === 'ball' ? 0 : ringInner;
  return ringRanks(count, ringOuter, inner, ringDynamicInner);
}

/** The gradient of the anchor's loss; `included` says which candidates are in it. */
function gradientOf(
  similarities: Float64Array,
  positiveSimilarity: number,
  settings: ExplanationSettings,
  included?: (candidate: number) => boolean,
): AnchorGradient {
  const { temperature, noise } = settings;
  if (noise) return binaryNceGradient(similarities, positiveSimilarity, temperature, noise);
  if (settings.isKnown) {
    return knownNegativeGradient(similarities, positiveSimilarity, settings, settings.isKnown);
  }
  if (settings.loss !== 'sigmoid') {
    return anchorGradient(similarities, positiveSimilarity, settings, included);
  }
  const { sigmoidBias = -Math.log(similarities.length) } = settings;
  const sigmoid = { temperature, sigmoidBias };
  return sigmoidGradient(similarities, positiveSimilarity, sigmoid, included);
}

// Loops and not `map`, which is slower: there are 50,000 candidates, explained while a slider moves.
function scaled(values: Float64Array, factor: number): Float64Array {
  const products = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    products[index] = factor * (values[index] as number);
  }
  return products;
}

function evidenceOf(candidates: AnchorCandidates): Uint8Array {
  const { labelRelation, mutualKnn, suspected, judgedSame, judgedDifferent } = candidates;
  const evidence = new Uint8Array(labelRelation.length);
  addEvidence(evidence, evidenceBits.sameLabel, labelRelation, labelRelations.same);
  addEvidence(evidence, evidenceBits.mutualKnn, mutualKnn);
  addEvidence(evidence, evidenceBits.suspected, suspected);
  addEvidence(evidence, evidenceBits.verdict, judgedSame);
  addEvidence(evidence, evidenceBits.judgedDifferent, judgedDifferent);
  return evidence;
}

/** Sets a bit where a column has the sought value. */
function addEvidence(
  evidence: Uint8Array,
  bit: number,
  column: Uint8Array | undefined,
  sought = 1,
): void {
  // `indexOf` is many times as fast as a loop, and what is sought is rare.
  let at = column?.indexOf(sought) ?? -1;
  for (; at >= 0; at = column?.indexOf(sought, at + 1) ?? -1) {
    evidence[at] = (evidence[at] as number) | bit;
  }
}
