import { expect, it } from 'vitest';
import {
  fewestJudged,
  judgedWords,
  shownEstimate,
} from '../../src-main/contract/shown-estimate.ts';
import type { JudgedEstimate } from '../../src-main/contract/verdict-queue.ts';
import { wilsonInterval } from '../../src-main/engine/review/wilson-interval.ts';

const z = 1.959963984540054;

/** The ends of Wilson's interval, as the roots of (p - s/n)² = z² p (1 - p) / n. */
function widthOf(successes: number, trials: number): number {
  const [a, p] = [1 + z ** 2 / trials, successes / trials];
  const b = 2 * p + z ** 2 / trials;
  return Math.sqrt(b ** 2 - 4 * a * p ** 2) / a;
}

function estimateOf(change: Partial<JudgedEstimate>): JudgedEstimate {
  const { judged = 0, same = 0 } = change;
  const interval = wilsonInterval(same, judged);
  return {
    ...{ judged, same, unsure: 0, byLabel: 0, estimate: interval },
    ...{ unsureDifferent: interval, unsureSame: interval },
    ...change,
  };
}

it('is shown from the number of judged pairs on whose interval is at most half of all wide', () => {
  const widest = (trials: number): number =>
    Math.max(...Array.from({ length: trials + 1 }, (_, successes) => widthOf(successes, trials)));
  expect(widest(fewestJudged)).toBeLessThanOrEqual(0.5);
  expect(widest(fewestJudged - 1)).toBeGreaterThan(0.5);
  const enough = estimateOf({ judged: 12, same: 3 });
  expect(shownEstimate(enough)).toBe(enough.estimate);
  expect(shownEstimate(estimateOf({ judged: 11, same: 3 }))).toBeNull();
});

it('is not shown for what labels settle and nobody judged, however much that is', () => {
  expect(shownEstimate(estimateOf({ judged: 1, same: 1, byLabel: 1 }))).toBeNull();
  expect(shownEstimate(estimateOf({ judged: 30, same: 30, byLabel: 30 }))).toBeNull();
  const both = estimateOf({ judged: 42, same: 33, byLabel: 30 });
  expect(shownEstimate(both)).toBe(both.estimate);
});

it('says what is missing', () => {
  expect(judgedWords(estimateOf({ judged: 0, estimate: null }))).toBe(
    '0 of the 12 judged pairs that an estimate needs',
  );
  expect(judgedWords(estimateOf({ judged: 4, same: 2, byLabel: 1, unsure: 2 }))).toBe(
    '3 of the 12 judged pairs that an estimate needs, besides 2 unsure and 1 the same by label alone',
  );
});
