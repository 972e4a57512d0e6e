/** The columns of an explanation as a client has them, rows in any order. */
export interface ExplainedRow {
  readonly similarity: number;
  readonly percentile: number;
  readonly weight: number;
  readonly share: number;
}

export interface LossSettings {
  readonly temperature: number;
  readonly tauPlus: number;
  readonly positiveSimilarity: number;
}

/** What the shown terms of the loss add up to: Σ w e^{s/t} over the negatives in it, and with it the loss. */
export function lossFromRows(
  rows: readonly ExplainedRow[],
  { temperature, tauPlus, positiveSimilarity }: LossSettings,
): { readonly loss: number; readonly mass: number; readonly positive: number } {
  const count = rows.filter(({ weight }) => weight > 0).length;
  const positive = Math.exp(positiveSimilarity / temperature);
  const mass = rows.reduce(
    (total, { weight, similarity }) => total + weight * Math.exp(similarity / temperature),
    0,
  );
  const debiased = (mass - tauPlus * count * positive) / (1 - tauPlus);
  const negatives = Math.max(debiased, count * Math.exp(-1 / temperature));
  return { loss: Math.log((positive + negatives) / positive), mass, positive };
}

/** Kish's effective number of what pushes among signed shares. */
export function effectiveOfShares(shares: readonly number[]): number {
  const pushed = shares.filter((share) => share > 0);
  const total = pushed.reduce((sum, share) => sum + share, 0);
  return total ** 2 / pushed.reduce((sum, share) => sum + share * share, 0);
}
