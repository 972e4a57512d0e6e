import type { ScoreSummary } from '../../../contract/mining.ts';

/**
 * Count, mean, quartiles (linear between ranks, as torch.quantile) and standard deviation (divided by n
 * − 1) of scores.
 */
export function summariseScores(scores: readonly number[]): ScoreSummary {
  const count = scores.length;
  if (count === 0) {
    const none = { mean: null, median: null, std: null, min: null, max: null };
    return { count, ...none, '25%': null, '75%': null };
  }
  const ascending = Float64Array.from(scores).sort();
  const mean = ascending.reduce((sum, score) => sum + score, 0) / count;
  const squares = ascending.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const quantile = (share: number): number => {
    const rank = share * (count - 1);
    const low = ascending[Math.floor(rank)] ?? 0;
    const high = ascending[Math.ceil(rank)] ?? 0;
    return low + (rank - Math.floor(rank)) * (high - low);
  };
  return {
    count,
    mean,
    median: quantile(0.5),
    std: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
    min: quantile(0),
    '25%': quantile(0.25),
    '75%': quantile(0.75),
    max: quantile(1),
  };
}
