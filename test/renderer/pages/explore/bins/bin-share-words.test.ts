import { describe, expect, it } from 'vitest';
import { binNames } from '../../../../../src-main/contract/bins.ts';
import {
  binShareDetails,
  binShareWords,
} from '../../../../../src-renderer/pages/explore/bins/bin-share-words.ts';
import { explanationOf } from '../../../explanation-of.ts';

const explanation = explanationOf(1, [
  { id: 2, bin: 'hard', share: 0.75 },
  { id: 3, bin: 'suspected', share: 0.5 },
  { id: 4, bin: 'easy', share: 0.05 },
  { id: 5, bin: 'easy', share: -0.3 },
]);

describe('what a bin takes of the push', () => {
  it('is a part of all that is pushed, beside it what is attracted', () => {
    // Of 0.75 + 0.5 + 0.05 = 1.3; 0.3 are attracted.
    expect(binShareWords(explanation, 'hard')).toBe('57.7\u00a0% of the push');
    expect(binShareWords(explanation, 'suspected')).toBe('38.5\u00a0% of the push');
    expect(binShareWords(explanation, 'ring')).toBe('0.0\u00a0% of the push');
    expect(binShareWords(explanation, 'easy')).toBe('3.8\u00a0% of the push, attracts 23.1\u00a0%');
    expect(binShareWords(explanationOf(1, []), 'hard')).toBe('0.0\u00a0% of the push');
  });

  it('adds up to 100 % over all bins', () => {
    const parts = binNames.map((bin) => Number.parseFloat(binShareWords(explanation, bin)));
    expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(100, 6);
  });

  it('is also said as a signed share of the net gradient', () => {
    expect(binShareDetails(explanation, 'hard')).toBe(
      'It has 57.7\u00a0% of all that is pushed, and attracts 0.0\u00a0% as much. Its signed share of the net gradient is 75.0\u00a0%: these add up to 100\u00a0% over all bins, and all that is pushed to 130.0\u00a0%. False and suspected ones among the most pushed are not in it, so that it may have less than the hard share.',
    );
    expect(binShareDetails(explanation, 'easy')).toMatch(/net gradient is −25.0\u00a0%:/);
  });

  it('is none while the anchor is clamped', () => {
    const clamped = { ...explanation, clamped: true };
    expect(binShareWords(clamped, 'hard')).toBe('no push: clamped');
    expect(binShareDetails(clamped, 'hard')).toMatch(
      /^The loss is clamped, so that nothing is pushed/,
    );
  });
});
