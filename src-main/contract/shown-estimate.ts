import { formatCount } from './format-count.ts';
import type { JudgedEstimate } from './verdict-queue.ts';

/**
 * An estimate of Review is shown from so many judged pairs on: Wilson's interval is then at most half of
 * all wide, whatever was found. Pairs that their label settles come besides: up to the first open pair
 * they are the same, all of them, so that without verdicts every estimate would be 100 %. Unsure ones do
 * not count either, as they widen the interval.
 */
export const fewestJudged = 12;

/** The estimate as it may be shown; null while too few pairs are judged. */
export function shownEstimate(estimate: JudgedEstimate): JudgedEstimate['estimate'] {
  return judgedByVerdict(estimate) < fewestJudged ? null : estimate.estimate;
}

/** How many pairs of an order are judged of those that an estimate takes. */
export function judgedWords(estimate: JudgedEstimate): string {
  const { byLabel, unsure } = estimate;
  const besides = [
    ...(unsure === 0 ? [] : [`${formatCount(unsure)} unsure`]),
    ...(byLabel === 0 ? [] : [`${formatCount(byLabel)} the same by label alone`]),
  ];
  const part = besides.length === 0 ? '' : `, besides ${besides.join(' and ')}`;
  return `${formatCount(judgedByVerdict(estimate))} of the ${fewestJudged} judged pairs that an estimate needs${part}`;
}

function judgedByVerdict({ judged, byLabel }: JudgedEstimate): number {
  return judged - byLabel;
}
