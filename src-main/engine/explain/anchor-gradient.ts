import type { LossName } from '../../contract/objectives/parts.ts';
import { softmax } from '../numeric/softmax.ts';
import { softplus } from '../numeric/softplus.ts';

/** The settings of an anchor's loss; `beta` and `tauPlus` are 0 if the objective has none. */
export interface AnchorLossSettings {
  readonly temperature: number;
  readonly beta: number;
  readonly tauPlus: number;
  /** The mean and the spread of the weights by similarity of ADNCE; left out for other objectives. */
  readonly gauss?: { readonly mean: number; readonly sigma: number } | undefined;
  /** 'decoupled' without the positive in the denominator; 'global' its mean over the negatives too. */
  readonly loss?: LossName | undefined;
}

/** One anchor's loss, and its gradient by the similarity of each candidate. */
export interface AnchorGradient {
  readonly loss: number;
  /**
   * True if the debiased estimate was below N e^(-1/t) and is held there; negatives then have no
   * gradient.
   */
  readonly clamped: boolean;
  /** q = softmax(β s / t), or the weights of ADNCE, over the negatives in the loss, 0 for others. */
  readonly importance: Float64Array;
  /** The signed shares γ of the net gradient, with a sum of 1; a negative with a share below 0 is attracted. */
  readonly share: Float64Array;
  /** d loss / d similarity of each candidate, 0 while clamped. */
  readonly pushes: Float64Array;
  /** d loss / d similarity of the positive. */
  readonly pull: number;
  /** The part of the negatives' mass that is subtracted as expected same-class mass, τ⁺ N P / R. */
  readonly debiasedShare: number;
}

/**
 * The gradient of one anchor's loss by its candidates' similarities (Robinson et al. 2021; HCL
 * image/main.py, weights not detached; docs/formulas.md, Gradient shares). With β = 0 it is DCL's,
 * with τ⁺ = 0 too NT-Xent's. ADNCE's weights are detached; the decoupled and the global loss have the
 * same shares as InfoNCE. `included` says which candidates are in the loss, for a ring. Computed in
 * logarithms.
 */
export function anchorGradient(
  similarities: Float64Array,
  positiveSimilarity: number,
  { temperature, beta, tauPlus, gauss, loss: kind }: AnchorLossSettings,
  included?: (candidate: number) => boolean,
): AnchorGradient {
  const count = included ? countIncluded(similarities, included) : similarities.length;
  const { weights, masses } = negativeShares(similarities, { temperature, beta, gauss }, included);
  const { probabilities: importance, logTotal: logWeights } = weights;
  const { probabilities: mass, logTotal: logMass } = masses;
  const logR = Math.log(count) + logMass - logWeights;
  const logP = positiveSimilarity / temperature;
  const debiasedShare = tauPlus * count * Math.exp(logP - logR);
  const logFloor = Math.log(count) - 1 / temperature;
  const logUnclamped = logR + Math.log(Math.max(1 - debiasedShare, 0) / (1 - tauPlus));
  const clamped = logUnclamped < logFloor;
  const logG = clamped ? logFloor : logUnclamped;
  const isDecoupled = kind === 'decoupled' || kind === 'global';
  // The logarithm of the denominator over P: softplus(log G - log P) = log(1 + G / P), or log(G / P).
  const logRatio = isDecoupled ? logG - logP : softplus(logG - logP);
  const loss = kind === 'global' ? logRatio - Math.log(count) : logRatio;
  const positiveProbability = isDecoupled ? 0 : Math.exp(-logRatio);
  const kappa = clamped ? 0 : Math.exp(logR - logP - logRatio) / (1 - tauPlus);
  const share = new Float64Array(mass.length);
  const pushes = new Float64Array(mass.length);
  for (let candidate = 0; candidate < mass.length; candidate++) {
    const gamma =
      (beta + 1) * (mass[candidate] as number) - beta * (importance[candidate] as number);
    share[candidate] = gamma;
    pushes[candidate] = (kappa * gamma) / temperature;
  }
  const correction = clamped ? 0 : (tauPlus * count) / (1 - tauPlus);
  return {
    loss,
    clamped,
    importance,
    share,
    pushes,
    pull: -(1 - positiveProbability + Math.exp(-logRatio) * correction) / temperature,
    debiasedShare,
  };
}

/** The weights q of the negatives, and their shares of the weighed mass, q e^(s/t) brought to 1. */
function negativeShares(
  similarities: Float64Array,
  { temperature, beta, gauss }: Pick<AnchorLossSettings, 'temperature' | 'beta' | 'gauss'>,
  included: ((candidate: number) => boolean) | undefined,
) {
  if (gauss === undefined) {
    return {
      weights: softmax(similarities, beta / temperature, included),
      masses: softmax(similarities, (beta + 1) / temperature, included),
    };
  }
  const logits = gaussLogits(similarities, gauss);
  const weighed = logits.map(
    (logit, candidate) => logit + (similarities[candidate] as number) / temperature,
  );
  return { weights: softmax(logits, 1, included), masses: softmax(weighed, 1, included) };
}

/** The logarithms of ADNCE's weights, but for a constant. */
function gaussLogits(
  similarities: Float64Array,
  { mean, sigma }: NonNullable<AnchorLossSettings['gauss']>,
): Float64Array {
  return similarities.map((similarity) => -(((similarity - mean) / sigma) ** 2) / 2);
}

function countIncluded(
  similarities: Float64Array,
  included: (candidate: number) => boolean,
): number {
  let count = 0;
  for (let candidate = 0; candidate < similarities.length; candidate++) {
    if (included(candidate)) count++;
  }
  return count;
}
