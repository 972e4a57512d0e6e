import type { LeftOutReason, MiningRules } from '../../../contract/mining.ts';

/** The rules with every number known. */
export type FixedRules = Omit<MiningRules, 'range_max'> & { readonly range_max: number };

/** An anchor's candidates, the most similar first. */
export interface RankedCandidates {
  readonly rows: Int32Array;
  readonly scores: Float64Array;
}

export interface MinedAnchor {
  /** Places among the candidates, the most similar first. */
  readonly negatives: readonly number[];
  /** Why each candidate is no negative; undefined for the negatives. */
  readonly reasons: readonly (LeftOutReason | undefined)[];
}

/** So many different numbers below `options`, in any order. */
export type DrawPlaces = (options: number, count: number) => readonly number[];

/**
 * The hard negatives among candidates, decided as `mine_hard_negatives` of sentence-transformers 6
 * does: own positives out; then absolute_margin, relative_margin (of the positive's size, so that it
 * holds for negative scores too), max_score, min_score; what is left is ranked again, and only then
 * cut to range_min … range_max; `top` takes the first, `random` draws among them.
 */
export function mineAnchor(
  { rows, scores }: RankedCandidates,
  positives: ReadonlySet<number>,
  lowestPositive: number,
  rules: FixedRules,
  draw: DrawPlaces,
): MinedAnchor {
  const reasons = Array.from(rows, (row, place): LeftOutReason | undefined =>
    positives.has(row) ? 'positive' : reasonOfScore(scores[place] ?? 0, lowestPositive, rules),
  );
  const survivors = [...reasons.keys()].filter((place) => reasons[place] === undefined);
  for (const place of survivors.slice(0, rules.range_min)) reasons[place] = 'before-range-min';
  for (const place of survivors.slice(rules.range_max)) reasons[place] = 'after-range-max';
  const window = survivors.slice(rules.range_min, rules.range_max);
  const negatives = chosen(window, rules, draw);
  const isChosen = new Set(negatives);
  for (const place of window) {
    if (isChosen.has(place)) continue;
    reasons[place] = rules.sampling_strategy === 'top' ? 'not-needed' : 'not-sampled';
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
  draw: DrawPlaces,
): number[] {
  if (strategy === 'top' || window.length <= wanted) return window.slice(0, wanted);
  const drawn = draw(window.length, wanted).map((at) => window[at] ?? 0);
  return drawn.sort((a, b) => a - b);
}
