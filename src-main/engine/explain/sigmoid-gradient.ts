import { sigmoid, softplus } from '../numeric/softplus.ts';
import type { AnchorGradient } from './anchor-gradient.ts';

/** The settings of a pairwise sigmoid. */
interface SigmoidSettings {
  readonly temperature: number;
  /** b in σ(s / t + b). */
  readonly sigmoidBias: number;
}

/**
 * The gradient of one anchor's pairwise sigmoid (SigLIP, Zhai et al. 2023, algorithm 1) by its
 * candidates' similarities, as `anchorGradient`: each pair is judged by itself, so that a push depends on
 * its own similarity only.
 */
export function sigmoidGradient(
  similarities: Float64Array,
  positiveSimilarity: number,
  { temperature, sigmoidBias }: SigmoidSettings,
  included: (candidate: number) => boolean = () => true,
): AnchorGradient {
  const logitOf = (similarity: number): number => similarity / temperature + sigmoidBias;
  const count = similarities.length;
  const pushes = new Float64Array(count);
  const importance = new Float64Array(count);
  let loss = softplus(-logitOf(positiveSimilarity));
  let total = 0;
  let negatives = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    if (!included(candidate)) continue;
    const logit = logitOf(similarities[candidate] as number);
    const push = sigmoid(logit) / temperature;
    pushes[candidate] = push;
    importance[candidate] = 1;
    loss += softplus(logit);
    total += push;
    negatives++;
  }
  const share = pushes.map((push) => push / total);
  return {
    ...{ loss, clamped: false, pushes, share },
    importance: importance.map((one) => one / negatives),
    pull: -sigmoid(-logitOf(positiveSimilarity)) / temperature,
    debiasedShare: 0,
  };
}
