import type { AnchorGradient, AnchorLossSettings } from './anchor-gradient.ts';
import { softmax } from '../numeric/softmax.ts';

/**
 * The gradient of one anchor's debiased or hard loss of which some candidates were judged different
 * (`isKnown`): their mass is neither corrected by τ⁺ nor clamped (docs/formulas.md, Pairs judged
 * different). Computed in logarithms.
 */
export function knownNegativeGradient(
  similarities: Float64Array,
  positiveSimilarity: number,
  { temperature, beta, tauPlus, loss: kind }: AnchorLossSettings,
  isKnown: (candidate: number) => boolean,
): AnchorGradient {
  const count = similarities.length;
  const indices = [...similarities.keys()];
  const others = indices.filter((candidate) => !isKnown(candidate)).length;
  const { probabilities: importance, logTotal: logWeights } = softmax(
    similarities,
    beta / temperature,
  );
  const logR = similarities.map(
    (similarity) => Math.log(count) + ((beta + 1) * similarity) / temperature - logWeights,
  );
  const logOthers = logSum(logR.filter((_, candidate) => !isKnown(candidate)));
  const logKnown = logSum(logR.filter((_, candidate) => isKnown(candidate)));
  const logP = positiveSimilarity / temperature;
  const debiasedShare = others === 0 ? 0 : tauPlus * others * Math.exp(logP - logOthers);
  const logUnclamped = logOthers + Math.log(Math.max(1 - debiasedShare, 0) / (1 - tauPlus));
  const logFloor = Math.log(others) - 1 / temperature;
  const isHeld = logUnclamped < logFloor;
  const logG = logSum([isHeld ? logFloor : logUnclamped, logKnown]);
  const logDenominator = kind === 'decoupled' ? logG : logSum([logP, logG]);
  const scale = isHeld ? 0 : 1 / (1 - tauPlus);
  const massOfOthers = scale * Math.exp(logOthers - logDenominator);
  const massOfKnown = Math.exp(logKnown - logDenominator);
  const pushes = new Float64Array(count);
  for (const candidate of indices) {
    const own = Math.exp((logR[candidate] as number) - logDenominator);
    const counted = isKnown(candidate) ? own : scale * own;
    const weighed = (importance[candidate] as number) * (massOfOthers + massOfKnown);
    pushes[candidate] = ((beta + 1) * counted - beta * weighed) / temperature;
  }
  const total = pushes.reduce((sum, push) => sum + push, 0);
  const ofPositive = Math.exp(logP - logDenominator);
  return {
    loss: logDenominator - logP,
    clamped: total === 0,
    importance,
    share: pushes.map((push) => (total === 0 ? 0 : push / total)),
    pushes,
    pull:
      -((kind === 'decoupled' ? 1 : 1 - ofPositive) + ofPositive * scale * tauPlus * others) /
      temperature,
    debiasedShare,
  };
}

/** log Σ e^x; -Infinity of nothing. */
function logSum(logarithms: ArrayLike<number>): number {
  const highest = Math.max(-Infinity, ...Array.from(logarithms));
  if (highest === -Infinity) return highest;
  let total = 0;
  for (let index = 0; index < logarithms.length; index += 1) {
    total += Math.exp((logarithms[index] as number) - highest);
  }
  return highest + Math.log(total);
}
