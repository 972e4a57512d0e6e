import { describe, expect, it } from 'vitest';
import {
  factorText,
  isWarning,
  negativePushWords,
  payConclusion,
  payHeadings,
  payWords,
} from '../../src-main/contract/pay-words.ts';
import type { PairsOfVerdicts } from '../../src-main/contract/pay.ts';

const share = { rate: 0.5, low: 0.4, high: 0.6 };

function pairs(
  [before, after]: readonly [number, number],
  [mean, low, high]: readonly [number, number, number],
  groups = 40,
): PairsOfVerdicts {
  const rank = { before, after, low: after - before - 1, high: after - before + 1 };
  return {
    ...{ pairs: groups, pictures: 2 * groups, groups, medianRank: rank, meanRank: rank },
    factor: { mean, low, high },
    nearest: { before: 0.5, after: 0.5, low: 0, high: 0 },
    ...{ nearestBefore: share, nearestAfter: share, push: { before: null, after: null } },
  };
}

const fed = pairs([12, 2], [0.2, 0.15, 0.27]);

describe('the conclusion', () => {
  it.each([
    ['paid', fed, pairs([12, 9], [0.75, 0.6, 0.93])],
    ['worse', fed, pairs([12, 14], [1.3, 1.1, 1.6])],
    ['by-heart', fed, pairs([12, 12], [0.98, 0.91, 1.06])],
    ['too-few', fed, pairs([12, 12], [0.95, 0.89, 1.2])],
    // √0.9 is 0.949: a gain half as large, on the scale of factors, is below the interval.
    ['by-heart', pairs([12, 11], [0.9, 0.85, 0.96]), pairs([12, 12], [1, 0.95, 1.05])],
    ['too-few', pairs([12, 11], [0.9, 0.85, 0.96]), pairs([12, 12], [1, 0.94, 1.05])],
    ['too-few', fed, pairs([12, 6], [0.5, 0.4, 0.6], 9)],
    ['no-gain', pairs([12, 12], [1, 0.9, 1.1]), pairs([12, 12], [0.95, 0.9, 1.2])],
    ['none-held-out', fed, null],
  ] as const)('is %s', (verdict, one, heldOut) => {
    expect(payConclusion({ fed: one, heldOut })).toBe(verdict);
    expect(isWarning(verdict)).toBe(verdict === 'by-heart' || verdict === 'worse');
  });

  it('is said in sentences, the pairs first', () => {
    const heldOut = pairs([12, 9], [0.75, 0.6, 0.93]);
    const [first, ...others] = payWords({
      same: { fed, heldOut },
      different: { fed: null, heldOut: null },
      knn: { before: 0.7, after: 0.72, low: 0.005, high: 0.035, pictures: 100, gained: 5, lost: 3 },
      kept: { epoch: 12, of: 20 },
      against: { run: 1, name: 'starter', reason: 'chosen' },
      verdict: 'paid',
    });
    expect(first).toBe(
      'The pairs judged the same that were fed moved from rank 12 to rank 2, the held-out ones from rank 12 to rank 9 (medians; ranks changed by a factor of 0.75 (0.60 to 0.93)): it paid beyond what was fed.',
    );
    expect(others).toEqual([
      'Pairs held out: 40 of 80 judged the same.',
      'Epoch 12 of 20 was kept because held-out pairs ranked best in it, so their gain is a little flattered.',
      'By labels, kNN went from 70.0\u00a0% to 72.0\u00a0% (+2.0 points, interval +0.5 to +3.5): it gained.',
    ]);
  });

  it('says the same of few verdicts in heading and text: what was held out, and without an interval', () => {
    const verdict = 'none-held-out';
    expect(payHeadings[verdict]).toContain('No pair judged the same was held out');
    const sentences = payWords({
      same: { fed: pairs([12, 2], [0.2, 0.15, 0.27], 4), heldOut: null },
      different: {
        fed: pairs([5, 30], [6, 5, 7], 8),
        heldOut: pairs([6.5, 6.5], [0.74, 0.74, 0.74], 1),
      },
      ...{ knn: null, kept: null, verdict },
      against: { run: 1, name: 'starter', reason: 'chosen' },
    });
    expect(sentences[0]).toContain('(medians): no pair judged the same was held out, so that');
    expect(sentences[1]).toBe(
      'Pairs held out: none of 4 judged the same, and 1 of 9 judged different.',
    );
    expect(sentences[2]).toContain('five groups hold out one');
    expect(sentences.slice(3)).toEqual([
      'Pairs judged different moved from mean rank 5 to 30 where fed, from mean rank 6.5 to 6.5 where held out (1 pair, too few to tell); further away is better.',
    ]);
  });

  it('says so where no pair at all was judged the same', () => {
    const [first, second] = payWords({
      same: { fed: null, heldOut: null },
      different: { fed: pairs([5, 30], [6, 5, 7], 3), heldOut: null },
      ...{ knn: null, kept: null, verdict: 'none-held-out' },
      against: { run: 1, name: 'starter', reason: 'chosen' },
    });
    expect(first).toContain('No pair that both runs embedded was judged the same');
    expect(second).toBe('Pairs held out: none of 3 judged different.');
  });
});

it('has an interval from ten groups on', () => {
  expect(factorText(pairs([12, 9], [0.75, 0.6, 0.93], 10))).toBe('0.75 (0.60 to 0.93)');
  expect(factorText(pairs([6.5, 6.5], [0.74, 0.74, 0.74], 1))).toBe('0.74');
});

it('says what a share of the push below 0 is', () => {
  expect(negativePushWords({ push: { before: 0.037, after: -0.273 } })).toContain('drawn together');
  expect(negativePushWords({ push: { before: 0.037, after: 0 } })).toBeNull();
  expect(negativePushWords({ push: { before: null, after: null } })).toBeNull();
});
