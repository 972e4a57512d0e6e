import { softmax } from '../numeric/softmax.ts';

/** The settings of an anchor's loss; `beta` and `tauPlus` are 0 if the objective has none. */
interface AnchorLossSettings {
  readonly temperature: number;
  readonly beta: number;
  readonly tauPlus: number;
}

/** One anchor's loss, and its gradient by the similarity of each candidate. */
export interface AnchorGradient {
  readonly loss: number;
  /**
   * True if the debiased estimate was below N e^(-1/t) and is held there; negatives then have no
   * gradient.
   */
  readonly clamped: boolean;
  /** q = softmax(β s / t) over the negatives in the loss, 0 for other candidates. */
  readonly importance: Float64Array;
  /** The signed shares γ of the push, with a sum of 1; a negative with a share below 0 is attracted. */
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
 * with τ⁺ = 0 too NT-Xent's. `included` says which candidates are in the loss, for a ring. Computed in
 * logarithms.
 */
export function anchorGradient(
  similarities: Float64Array,
  positiveSimilarity: number,
  { temperature, beta, tauPlus }: AnchorLossSettings,
  included?: (candidate: number) => boolean,
): AnchorGradient {
  const count = included ? countIncluded(similarities, included) : similarities.length;
  const { probabilities: importance, logTotal: logWeights } = softmax(
    similarities,
    beta / temperature,
    included,
  );
  const { probabilities: mass, logTotal: logMass } = softmax(
    similarities,
    (beta + 1) / temperature,
    included,
  );
  const logR = Math.log(count) + logMass - logWeights;
  const logP = positiveSimilarity / temperature;
  const debiasedShare = tauPlus * count * Math.exp(logP - logR);
  const logFloor = Math.log(count) - 1 / temperature;
  const logUnclamped = logR + Math.log(Math.max(1 - debiasedShare, 0) / (1 - tauPlus));
  const clamped = logUnclamped < logFloor;
  const logG = clamped ? logFloor : logUnclamped;
  // softplus(log G - log P) = log(1 + G / P)
  const loss = Math.max(logG - logP, 0) + Math.log1p(Math.exp(-Math.abs(logG - logP)));
  const positiveProbability = Math.exp(-loss);
  const kappa = clamped ? 0 : Math.exp(logR - logP - loss) / (1 - tauPlus);
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
    pull: -(1 - positiveProbability * (1 - correction)) / temperature,
    debiasedShare,
  };
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
