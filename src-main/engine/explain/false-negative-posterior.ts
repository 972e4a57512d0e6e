/** The assumptions of the posterior. */
interface PosteriorSettings {
  /** Prior probability that a negative is false. */
  readonly tauPlus: number;
  /** Macro-AUC, the probability that a false negative is more similar than a true one, 0.5 to 1. */
  readonly auc: number;
}

/**
 * The probability that each candidate is a false negative, by its rank only: the order-statistics
 * form of BCL (Liu et al. 2023; liubin06/BCL without its 1e-3; docs/formulas.md, Posterior of a false
 * negative). With an auc of 0.5 it is tauPlus for all candidates. `percentAtMost` is the part of the
 * candidates that are at most as similar, 0 to 1.
 */
export function falseNegativePosterior(
  percentAtMost: Float64Array,
  { tauPlus, auc }: PosteriorSettings,
): Float64Array {
  const tauMinus = 1 - tauPlus;
  const a = (1 - 2 * auc) * (tauMinus - tauPlus);
  const b = 2 * (auc * tauMinus + (1 - auc) * tauPlus);
  const posterior = new Float64Array(percentAtMost.length);
  for (let candidate = 0; candidate < posterior.length; candidate++) {
    const u = percentAtMost[candidate] as number;
    const phi = a === 0 ? u / b : (-b + Math.sqrt(b * b + 4 * a * u)) / (2 * a);
    const trueDensity = auc * (1 - phi) + (1 - auc) * phi;
    const falseDensity = (1 - auc) * (1 - phi) + auc * phi;
    const falseMass = tauPlus * falseDensity;
    posterior[candidate] = falseMass / (falseMass + tauMinus * trueDensity);
  }
  return posterior;
}

/** The part of the candidates that are at most as similar as each one, itself included; 0 to 1. */
export function shareAtMostAsSimilar(similarities: Float64Array, order: Uint32Array): Float64Array {
  const shares = new Float64Array(order.length);
  let moreSimilar = 0;
  let before = NaN;
  for (let rank = 0; rank < order.length; rank++) {
    const candidate = order[rank] as number;
    const similarity = similarities[candidate] as number;
    if (similarity !== before) moreSimilar = rank;
    before = similarity;
    shares[candidate] = (order.length - moreSimilar) / order.length;
  }
  return shares;
}
