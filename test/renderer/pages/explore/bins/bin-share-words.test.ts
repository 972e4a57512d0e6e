import { describe, expect, it } from 'vitest';
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
  it('is its signed sum, or both parts where some are attracted', () => {
    expect(binShareWords(explanation, 'hard')).toBe('75.0\u00a0% of the push');
    expect(binShareWords(explanation, 'suspected')).toBe('50.0\u00a0% of the push');
    expect(binShareWords(explanation, 'ring')).toBe('0.0\u00a0% of the push');
    expect(binShareWords(explanation, 'easy')).toBe('pushes 5.0\u00a0%, attracts 30.0\u00a0%');
  });

  it('is also said of all that is pushed, which is more than 100 % where some are attracted', () => {
    expect(binShareDetails(explanation, 'hard')).toBe(
      'It pushes 75.0\u00a0% and attracts 0.0\u00a0%: 75.0\u00a0% of the push in sum, which over all bins is 100\u00a0%. Of all that is pushed (130.0\u00a0%) it has 57.7\u00a0%.',
    );
  });

  it('is none while the anchor is clamped', () => {
    const clamped = { ...explanation, clamped: true };
    expect(binShareWords(clamped, 'hard')).toBe('no push: clamped');
    expect(binShareDetails(clamped, 'hard')).toMatch(
      /^The loss is clamped, so that nothing is pushed/,
    );
  });
});
