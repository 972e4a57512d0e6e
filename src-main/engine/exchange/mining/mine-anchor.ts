import type { LeftOutReason, MiningRules } from '../../../contract/mining.ts';

/** The rules with every default filled in. */
export type FixedRules = Omit<MiningRules, 'range_max'> & { readonly range_max: number };

/** An anchor's candidates, the most similar first. */
export interface RankedCandidates {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
}

interface MinedAnchor {
  /** Indices of the negatives among the candidates, the most similar first. */
  readonly negatives: readonly number[];
  /** Why each candidate is not a negative; undefined for the negatives. */
  readonly reasons: readonly (LeftOutReason | undefined)[];
}

/** Draws `count` different whole numbers below `options`, in any order. */
type DrawIndices = (options: number, count: number) => readonly number[];

/**
 * Chooses the hard negatives among candidates as `mine_hard_negatives` of sentence-transformers 6 does.
 * First the anchor's own positives are left out. Then absolute_margin, relative_margin (a fraction of
 * the positive's absolute score, so that it also holds for negative scores), max_score and min_score
 * apply. The remaining candidates are ranked again and cut to range_min … range_max. Of these, `top`
 * takes the first and `random` draws.
 */
export function mineAnchor(
  { rows, scores }: RankedCandidates,
  positives: ReadonlySet<number>,
  lowestPositive: number,
  rules: FixedRules,
  draw: DrawIndices,
): MinedAnchor {
  const reasons = Array.from(rows, (row, index): LeftOutReason | undefined =>
    positives.has(row) ? 'positive' : reasonOfScore(scores[index] ?? 0, lowestPositive, rules),
  );
  const survivors = [...reasons.keys()].filter((index) => reasons[index] === undefined);
  for (const index of survivors.slice(0, rules.range_min)) reasons[index] = 'before-range-min';
  for (const index of survivors.slice(rules.range_max)) reasons[index] = 'after-range-max';
  const window = survivors.slice(rules.range_min, rules.range_max);
  const negatives = chosen(window, rules, draw);
  const isChosen = new Set(negatives);
  for (const index of window) {
    if (isChosen.has(index)) continue;
    reasons[index] = rules.sampling_strategy === 'top' ? 'not-needed' : 'not-sampled';
  }
  return { negatives, reasons };
}

function reasonOfScore(
  score: number,
  lowestPositive: number,
  { absolute_margin, relative_margin, max_score, min_score }: FixedRules,
): LeftOutReason | undefined {
  if (absolute_margin !== undefined && score + absolute_margin > lowestPositive) {
    return 'absolute-margin';
  }
  if (
    relative_margin !== undefined &&
    score > lowestPositive - Math.abs(lowestPositive) * relative_margin
  ) {
    return 'relative-margin';
  }
  if (max_score !== undefined && score > max_score) return 'max-score';
  return min_score !== undefined && score < min_score ? 'min-score' : undefined;
}

function chosen(
  window: readonly number[],
  { num_negatives: wanted, sampling_strategy: strategy }: FixedRules,
  draw: DrawIndices,
): number[] {
  if (strategy === 'top' || window.length <= wanted) return window.slice(0, wanted);
  const drawn = draw(window.length, wanted).map((index) => window[index] ?? 0);
  return drawn.sort((a, b) => a - b);
}
