interface Softmax {
  /** Weight of each candidate: 0 where it is not included; the others add up to 1. */
  readonly probabilities: Float64Array;
  /** log Σ exp(factor · similarity) over the included candidates. */
  readonly logTotal: number;
}

/** softmax(factor · similarity) over the candidates in `included`, without overflow. */
export function softmax(
  similarities: Float64Array,
  factor: number,
  included?: (candidate: number) => boolean,
): Softmax {
  const count = similarities.length;
  let highest = -Infinity;
  for (let candidate = 0; candidate < count; candidate++) {
    const logit = factor * (similarities[candidate] as number);
    if (logit > highest && (!included || included(candidate))) highest = logit;
  }
  const probabilities = new Float64Array(count);
  let total = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    if (included && !included(candidate)) continue;
    const power = Math.exp(factor * (similarities[candidate] as number) - highest);
    probabilities[candidate] = power;
    total += power;
  }
  for (let candidate = 0; candidate < count; candidate++) {
    probabilities[candidate] = (probabilities[candidate] as number) / total;
  }
  return { probabilities, logTotal: highest + Math.log(total) };
}

/**
 * The effective number of what has these weights, (Σ p)² / Σ p² over p = max(weight, 0) (Kish): from 1
 * to all of them; 0 where none is above 0.
 */
export function effectiveNumber(weights: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = Math.max(0, weights[index] as number);
    total += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : total ** 2 / squares;
}
