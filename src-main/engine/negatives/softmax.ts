/** log Σ exp(factor · similarity) over the candidates that `included` holds, without overflow. */
export function logSumExp(
  similarities: Float64Array,
  factor: number,
  included: (candidate: number) => boolean = () => true,
): number {
  let highest = -Infinity;
  for (const [candidate, similarity] of similarities.entries()) {
    if (included(candidate)) highest = Math.max(highest, factor * similarity);
  }
  if (highest === -Infinity) return -Infinity;
  let total = 0;
  for (const [candidate, similarity] of similarities.entries()) {
    if (included(candidate)) total += Math.exp(factor * similarity - highest);
  }
  return highest + Math.log(total);
}

/** softmax(factor · similarity) over the included candidates, 0 for the others. */
export function softmax(
  similarities: Float64Array,
  factor: number,
  included: (candidate: number) => boolean = () => true,
): Float64Array {
  const logTotal = logSumExp(similarities, factor, included);
  return similarities.map((similarity, candidate) =>
    included(candidate) ? Math.exp(factor * similarity - logTotal) : 0,
  );
}

/** 1 / Σ q²: how many candidates count under the weights q, from 1 to all of them (Kish). */
export function effectiveNumber(weights: Float64Array): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return 1 / squares;
}
