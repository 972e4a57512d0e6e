import { officialEpsilon } from '../losses/nce-epsilon.ts';
import { sigmoid, softplus } from '../numeric/softplus.ts';
import type { AnchorGradient } from './anchor-gradient.ts';

/** The noise of a binary NCE, as a training has it. */
export interface NoiseSettings {
  /** K / n, the draws of an anchor by the rows of the bank. */
  readonly ratio: number;
  /** How often each candidate is drawn in expectation, K / (n - 1). */
  readonly draws: number;
  /** n, which Z grows with. */
  readonly pictures: number;
  /**
   * log Z at the end of the training: one number, or those of lightness and of colour; undefined where
   * it was not kept, and then of the anchor's own positive and candidates.
   */
  readonly logNormalisers?: readonly number[];
}

/**
 * The gradient of one anchor's binary NCE (Wu et al. 2018, eqs. 6 and 7; the official NCECriterion) by
 * its candidates' similarities, as `anchorGradient`: each draw is judged by itself, and a candidate
 * counts as often as it is drawn in expectation (docs/formulas.md, Binary NCE).
 */
export function binaryNceGradient(
  similarities: Float64Array,
  positiveSimilarity: number,
  temperature: number,
  { ratio, draws, pictures, logNormalisers }: NoiseSettings,
): AnchorGradient {
  const count = similarities.length;
  const logZ =
    logNormalisers?.[0] ??
    logNormaliserOf(similarities, positiveSimilarity, temperature) + Math.log(pictures);
  const logNoise = Math.log(ratio + officialEpsilon);
  const offset = Math.log1p(officialEpsilon / ratio);
  const overNoise = (similarity: number): number => similarity / temperature - logZ - logNoise;
  const pushes = new Float64Array(count);
  let loss = softplus(-overNoise(positiveSimilarity));
  let total = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    const logit = overNoise(similarities[candidate] as number);
    const push = (draws * sigmoid(logit)) / temperature;
    pushes[candidate] = push;
    total += push;
    loss += draws * (softplus(logit) + offset);
  }
  return {
    ...{ loss, clamped: false, pushes, debiasedShare: 0 },
    share: pushes.map((push) => push / total),
    importance: new Float64Array(count).fill(1 / count),
    pull: -sigmoid(-overNoise(positiveSimilarity)) / temperature,
  };
}

/** The logarithm of the mean of e^(s/t) over the positive and the candidates. */
function logNormaliserOf(
  similarities: Float64Array,
  positiveSimilarity: number,
  temperature: number,
): number {
  let sum = Math.exp((positiveSimilarity - 1) / temperature);
  for (const similarity of similarities) sum += Math.exp((similarity - 1) / temperature);
  return Math.log(sum / (similarities.length + 1)) + 1 / temperature;
}
